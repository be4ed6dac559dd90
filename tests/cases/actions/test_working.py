"""Assigning, handing over, starting, waiting and going on, noting, expecting, weighing."""

from datetime import date, timedelta

import pytest
from tests.cases.make import (
    cases_of,
    last_event,
    make_case,
    make_city,
    make_incident,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Clock, Incident
from hark311.domain.errors import DoesNotApply, IllegalTransition, MissingText, NotFound
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import Severity

pytestmark = pytest.mark.django_db


def _clock(incident: Incident, target: str) -> Clock:
    return Clock.objects.get(case=cases_of(incident)[0], target=target)


def test_an_incident_is_assigned_to_a_colleague_and_to_nobody_again(frozen_clock):
    incident, colleague = make_incident(), staff_actor()

    assign_incident(incident.pk, colleague.account_id, actor=staff_actor())
    assert Incident.objects.get(pk=incident.pk).assignee_id == colleague.account_id

    assign_incident(incident.pk, None, actor=staff_actor())
    assert Incident.objects.get(pk=incident.pk).assignee_id is None
    assert last_event(incident).body.payload["facts"]["before"] == colleague.account_id


def test_nobody_of_another_department_is_assigned(frozen_clock):
    incident, stranger = make_incident(), staff_actor(queues=("parks",))

    with pytest.raises(DoesNotApply):
        assign_incident(incident.pk, stranger.account_id, actor=staff_actor())


def test_a_transfer_brings_the_incident_to_another_department_as_new(frozen_clock):
    incident, actor = make_incident(state=State.ACKNOWLEDGED), staff_actor()
    assign_incident(incident.pk, actor.account_id, actor=actor)
    parks = the_city().queues["parks"]

    moved = transfer_incident(incident.pk, parks.pk, "A tree root.", actor=actor)

    assert (moved.state, moved.queue_id, moved.department_id) == (
        "received",
        parks.pk,
        parks.department_id,
    )
    assert moved.assignee_id is None
    assert moved.why_here[-1] == {
        "code": "transferred",
        "facts": {"from": "streets", "text": "A tree root."},
    }
    assert last_event(incident).body.payload["facts"] == {"queue": "parks", "before": "streets"}


def test_a_transfer_moves_no_promise(frozen_clock):
    incident = make_incident()
    before = list(Clock.objects.order_by("id").values("due_at", "state"))

    transfer_incident(incident.pk, the_city().queues["parks"].pk, "Trees.", actor=staff_actor())

    assert list(Clock.objects.order_by("id").values("due_at", "state")) == before


def test_a_transfer_ends_a_wait_for_a_third_party(frozen_clock):
    incident = make_incident()
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "Gas company.", actor=staff_actor())

    moved = transfer_incident(
        incident.pk, the_city().queues["parks"].pk, "Trees.", actor=staff_actor()
    )

    assert moved.waiting_for == ""
    assert _clock(incident, "resolve").state == "running"


def test_a_sensitive_incident_goes_to_sensitive_queues_only(frozen_clock):
    case = make_case(service="wellbeing")

    with pytest.raises(DoesNotApply) as refused:
        transfer_incident(
            case.incident_id,
            the_city().queues["parks"].pk,
            "Trees.",
            actor=staff_actor(queues=("care",)),
        )

    assert refused.value.facts == {"reason": "queue_not_sensitive"}


def test_a_transfer_needs_a_reason_and_a_queue_of_this_city(frozen_clock):
    incident, actor = make_incident(), staff_actor()
    foreign = make_city("elsewhere").queues["parks"]

    with pytest.raises(MissingText):
        transfer_incident(incident.pk, the_city().queues["parks"].pk, " ", actor=actor)
    with pytest.raises(NotFound):
        transfer_incident(incident.pk, foreign.pk, "Trees.", actor=actor)
    with pytest.raises(DoesNotApply):
        transfer_incident(incident.pk, incident.queue_id, "Trees.", actor=actor)


def test_who_starts_has_also_seen_it(frozen_clock):
    started = start_work(make_incident().pk, actor=staff_actor())

    assert (started.state, started.acknowledged_at) == ("in_progress", frozen_clock.at)
    assert _clock(started, "acknowledge").state == "met"


def test_waiting_for_a_third_party_stops_the_promise_to_resolve_alone(frozen_clock):
    incident = make_incident(cases=2)

    wait_incident(
        incident.pk,
        WaitingFor.THIRD_PARTY,
        "The gas company digs first. Call 212-555-0123.",
        actor=staff_actor(),
        expected_on=date(2026, 7, 1),
    )

    waiting = Incident.objects.get(pk=incident.pk)
    assert (waiting.state, waiting.waiting_for) == ("waiting", "third_party")
    assert waiting.waiting_note == "The gas company digs first. Call ●●●."
    assert waiting.expected_on == date(2026, 7, 1)
    paused = Clock.objects.filter(state="paused").values_list("target", flat=True)
    assert list(paused) == ["resolve", "resolve"]


def test_waiting_for_the_schedule_stops_no_promise(frozen_clock):
    incident = make_incident()

    wait_incident(incident.pk, WaitingFor.SCHEDULE, "Paving is in June.", actor=staff_actor())

    assert not Clock.objects.filter(state="paused").exists()


def test_going_on_moves_the_promise_by_the_time_it_stood(frozen_clock):
    incident = make_incident()
    before = _clock(incident, "resolve").due_at
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "Gas company.", actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=30))

    resumed = resume_incident(incident.pk, actor=staff_actor())

    assert (resumed.state, resumed.waiting_for) == ("in_progress", "")
    assert _clock(incident, "resolve").due_at == before + timedelta(hours=30)


def test_a_wait_that_turns_out_to_be_for_the_schedule_lets_the_promise_run(frozen_clock):
    incident = make_incident()
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "Gas company.", actor=staff_actor())

    wait_incident(incident.pk, WaitingFor.SCHEDULE, "Paving is in June.", actor=staff_actor())

    assert _clock(incident, "resolve").state == "running"


def test_a_wait_needs_a_note_and_a_day_that_is_not_over(frozen_clock):
    incident, actor = make_incident(), staff_actor()

    with pytest.raises(MissingText):
        wait_incident(incident.pk, WaitingFor.SCHEDULE, "", actor=actor)
    with pytest.raises(DoesNotApply):
        wait_incident(
            incident.pk, WaitingFor.SCHEDULE, "June.", actor=actor, expected_on=date(2026, 5, 31)
        )


def test_what_does_not_wait_does_not_go_on(frozen_clock):
    with pytest.raises(IllegalTransition):
        resume_incident(make_incident().pk, actor=staff_actor())


def test_an_internal_note_is_for_staff_and_moves_no_clock(frozen_clock):
    incident = make_incident()
    before = _clock(incident, "update").due_at
    frozen_clock.move_by(timedelta(hours=1))

    add_internal_note(incident.pk, "The owner is ill: 212-555-0123.", actor=staff_actor())

    event = last_event(incident)
    assert (event.kind, event.visibility) == ("noted", "staff")
    assert event.body.payload["facts"]["text"] == "The owner is ill: 212-555-0123."
    assert _clock(incident, "update").due_at == before


def test_a_public_note_is_masked_and_the_promise_of_an_update_counts_anew(frozen_clock):
    incident = make_incident()
    before = _clock(incident, "update").due_at
    frozen_clock.move_by(timedelta(hours=1))

    noted = add_public_note(incident.pk, "Joe (joe@city.test) comes.", actor=staff_actor())

    assert noted.public_note == "Joe (●●●) comes."
    assert last_event(incident).visibility == "public"
    assert _clock(incident, "update").due_at == before + timedelta(hours=1)


def test_a_note_without_words_is_none(frozen_clock):
    with pytest.raises(MissingText):
        add_public_note(make_incident().pk, "  ", actor=staff_actor())


def test_an_expected_day_shows_what_it_was_before_and_moves_no_promise_to_resolve(frozen_clock):
    incident = make_incident()
    before = _clock(incident, "resolve").due_at
    set_expected(incident.pk, date(2026, 6, 10), actor=staff_actor())

    set_expected(incident.pk, date(2026, 6, 20), actor=staff_actor())

    facts = last_event(incident).body.payload["facts"]
    assert facts == {"expected_on": "2026-06-20", "before": "2026-06-10"}
    assert _clock(incident, "resolve").due_at == before


def test_today_may_be_expected_and_yesterday_not(frozen_clock):
    incident = make_incident()

    set_expected(incident.pk, date(2026, 6, 1), actor=staff_actor())

    with pytest.raises(DoesNotApply):
        set_expected(incident.pk, date(2026, 5, 31), actor=staff_actor())


def test_severity_changes_once_and_for_staff(frozen_clock):
    incident = make_incident()

    set_severity(incident.pk, Severity.URGENT, actor=staff_actor())

    assert last_event(incident).visibility == "staff"
    with pytest.raises(DoesNotApply):
        set_severity(incident.pk, Severity.URGENT, actor=staff_actor())


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(lambda pk, actor: set_severity(pk, Severity.HIGH, actor=actor), id="severity"),
        pytest.param(lambda pk, actor: set_expected(pk, date(2026, 7, 1), actor=actor), id="day"),
        pytest.param(lambda pk, actor: assign_incident(pk, 1, actor=actor), id="assign"),
    ],
)
def test_a_closed_incident_is_not_worked_on(frozen_clock, deed):
    with pytest.raises(DoesNotApply):
        deed(make_incident(state=State.CLOSED).pk, the_system())
