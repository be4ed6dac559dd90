"""Disputing a closing, and what becomes of it; reopening."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases.make import (
    FIXED,
    anybody,
    cases_of,
    events_of,
    kinds_of,
    last_event,
    make_case,
    make_incident,
    make_person,
    resident_actor,
    staff_actor,
    the_system,
)

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock, Dispute, Follow, Incident
from hark311.domain.errors import DoesNotApply, IllegalTransition, MissingText
from hark311.domain.lifecycle import State

pytestmark = pytest.mark.django_db


def _disputed(cases: int = 1) -> tuple[Incident, Dispute]:
    incident = make_incident(cases=cases, state=State.CLOSED)
    case = cases_of(incident)[0]
    return incident, request_dispute(case.pk, "It is still there.", actor=resident_actor(case))


def test_a_dispute_is_answered_within_five_days_on_which_the_office_is_open(frozen_clock):
    # A Monday, and the Friday after next is a holiday.
    frozen_clock.move_to(datetime(2026, 6, 15, 14, 0, tzinfo=UTC))

    incident, dispute = _disputed()

    assert dispute.answer_by == datetime(2026, 6, 23, 21, 0, tzinfo=UTC)
    event = last_event(incident)
    assert (event.kind, event.visibility) == ("disputed", "reporter")


def test_a_closing_is_disputed_once_at_a_time(frozen_clock):
    incident, _dispute = _disputed()

    with pytest.raises(DoesNotApply) as refused:
        request_dispute(cases_of(incident)[0].pk, "Again.", actor=anybody())

    assert refused.value.facts == {"reason": "dispute_open"}


def test_a_closing_is_disputed_for_thirty_days_and_no_longer(frozen_clock):
    first, second = cases_of(make_incident(cases=2, state=State.CLOSED))
    # The last day in the city ends at four in the morning of the next one in UTC.
    frozen_clock.move_to(datetime(2026, 7, 2, 3, 59, tzinfo=UTC))
    request_dispute(first.pk, "It is still there.", actor=resident_actor(first))
    frozen_clock.move_by(timedelta(minutes=1))

    with pytest.raises(DoesNotApply) as refused:
        request_dispute(second.pk, "It is still there.", actor=resident_actor(second))
    rate_case(second.pk, 1, "Still there.", actor=resident_actor(second))

    assert refused.value.facts == {"reason": "too_late", "last_day": "2026-07-01"}
    assert [one.case_id for one in Dispute.objects.all()] == [first.pk]


def test_what_is_open_is_not_disputed(frozen_clock):
    case = make_case()

    with pytest.raises(DoesNotApply):
        request_dispute(case.pk, "Slow.", actor=resident_actor(case))


def test_a_dispute_needs_words(frozen_clock):
    (case,) = cases_of(make_incident(state=State.CLOSED))

    with pytest.raises(MissingText):
        request_dispute(case.pk, "", actor=resident_actor(case))


def test_reopening_lets_the_clocks_run_as_if_they_had_never_been_met(frozen_clock):
    incident = make_incident(cases=2, state=State.ACKNOWLEDGED)
    before = {row.pk: (row.state, row.due_at) for row in Clock.objects.all()}
    due = Incident.objects.get(pk=incident.pk).due_at
    frozen_clock.move_by(timedelta(hours=1))
    close_incident(incident.pk, FIXED, actor=staff_actor())

    opened = reopen_incident(incident.pk, "It came back.", actor=staff_actor())

    assert {row.pk: (row.state, row.due_at) for row in Clock.objects.all()} == before
    assert (opened.state, opened.outcome, opened.closing_text) == ("in_progress", "", "")
    assert opened.due_at == due


def test_reopening_keeps_what_the_closing_said(frozen_clock):
    incident = make_incident(state=State.CLOSED)

    reopen_incident(incident.pk, "It came back.", actor=staff_actor())

    closing = last_event(incident).body.payload["facts"]["closing"]
    assert (closing["outcome"], closing["text"]) == ("fixed", "Filled this morning.")


def test_what_is_open_is_not_reopened_and_reopening_needs_words(frozen_clock):
    with pytest.raises(IllegalTransition):
        reopen_incident(make_incident().pk, "Why not.", actor=staff_actor())
    with pytest.raises(MissingText):
        reopen_incident(make_incident(state=State.CLOSED).pk, " ", actor=staff_actor())


def test_what_everyone_took_back_is_not_reopened(frozen_clock):
    case = make_case()
    withdraw_case(case.pk, actor=resident_actor(case))

    with pytest.raises(DoesNotApply):
        reopen_incident(case.incident_id, "After all.", actor=staff_actor())


def test_reopening_upholds_every_open_dispute(frozen_clock):
    incident, dispute = _disputed(cases=2)
    other = cases_of(incident)[1]
    request_dispute(other.pk, "Not filled.", actor=resident_actor(other))

    reopen_incident(incident.pk, "They are right.", actor=staff_actor())

    assert set(Dispute.objects.values_list("state", "answer")) == {("upheld", "They are right.")}
    assert kinds_of(incident)[-3:] == ["dispute_upheld", "dispute_upheld", "reopened"]
    assert dispute.case_id in {event.case_id for event in events_of(incident)}


def test_upholding_by_reopening_reopens_for_all(frozen_clock):
    incident, dispute = _disputed(cases=3)

    upheld = uphold_dispute_by_reopening(dispute.pk, "You are right.", actor=staff_actor())

    assert upheld.state == "upheld"
    assert last_event(incident).body.payload["facts"]["cases"] == [
        case.pk for case in cases_of(incident)
    ]
    assert Incident.objects.get(pk=incident.pk).state == "in_progress"


def test_upholding_apart_takes_one_case_and_its_followers_to_an_incident_that_follows(
    frozen_clock,
):
    incident, dispute = _disputed(cases=2)
    follow_incident(dispute.case_id, make_person().pk, actor=anybody())

    uphold_dispute_apart(dispute.pk, "You are right.", actor=staff_actor())

    case = Case.objects.get(pk=dispute.case_id)
    assert case.incident_id != incident.pk
    assert (case.incident.follows_id, case.incident.state) == (incident.pk, "received")
    assert case.incident.active_cases == 1
    assert Incident.objects.get(pk=incident.pk).state == "closed"
    assert Follow.objects.get().incident_id == case.incident_id
    resolve = Clock.objects.get(case=case, target="resolve")
    assert (resolve.state, resolve.met_at) == ("running", None)
    assert case.incident.due_at == min(
        row.due_at for row in Clock.objects.filter(case=case, state="running")
    )


def test_a_declined_dispute_says_why_and_may_be_raised_again(frozen_clock):
    incident, dispute = _disputed()

    declined = decline_dispute(dispute.pk, "That is the next hole.", actor=staff_actor())

    assert (declined.state, declined.answer) == ("declined", "That is the next hole.")
    assert last_event(incident).kind == "dispute_declined"
    assert request_dispute(dispute.case_id, "No.", actor=anybody()).state == "requested"


def test_a_dispute_is_answered_once_and_with_words(frozen_clock):
    _incident, dispute = _disputed()
    with pytest.raises(MissingText):
        decline_dispute(dispute.pk, " ", actor=staff_actor())
    decline_dispute(dispute.pk, "That is the next hole.", actor=staff_actor())

    for answer in (decline_dispute, uphold_dispute_apart, uphold_dispute_by_reopening):
        with pytest.raises(DoesNotApply):
            answer(dispute.pk, "Once more.", actor=the_system())
