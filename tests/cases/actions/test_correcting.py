"""Correcting what was taken down wrong: the service, the place, the words; and work orders."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.cases.make import (
    NORTH,
    anybody,
    cases_of,
    last_event,
    make_case,
    make_incident,
    make_person,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.correct_place import correct_place
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.order_work import order_work
from hark311.cases.models import Case, Clock, Follow, Incident, Membership, Promise, WorkOrder
from hark311.cases.sweeps import sweep_clocks
from hark311.domain.errors import (
    DoesNotApply,
    IllegalTransition,
    MissingText,
    NotAllowed,
    OutsideCity,
    UnknownService,
)
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy, WorkOrderKind, WorkOrderState

pytestmark = pytest.mark.django_db

BOTH = ("streets", "parks", "care")


# -- the service -------------------------------------------------------------------------


def test_another_service_promises_anew_from_the_opening_and_keeps_the_old_promise(frozen_clock):
    case = make_case()
    opened = frozen_clock.at
    frozen_clock.move_by(timedelta(hours=5))

    change_service(case.incident_id, "graffiti", actor=staff_actor())

    old, new = Promise.objects.order_by("id")
    assert (old.superseded_at, new.superseded_at) == (frozen_clock.at, None)
    assert new.text == {"en": "Within 240 hours."}
    resolve = Clock.objects.get(promise=new, target="resolve")
    assert resolve.due_at == opened + timedelta(hours=240)
    assert set(Clock.objects.filter(promise=old).values_list("state", flat=True)) == {"superseded"}
    assert Case.objects.get().service_version_id == new.service_version_id


def test_another_service_goes_where_its_rules_say_as_new(frozen_clock):
    south, north = make_incident(), make_incident(point=NORTH)
    acknowledge_incident(south.pk, actor=the_system())
    acknowledge_incident(north.pk, actor=the_system())

    moved = change_service(south.pk, "graffiti", actor=staff_actor())
    stayed = change_service(north.pk, "graffiti", actor=staff_actor())

    assert (moved.queue_id, moved.state) == (the_city().queues["parks"].pk, "received")
    assert (stayed.queue_id, stayed.state) == (the_city().queues["streets"].pk, "acknowledged")
    assert stayed.why_here[0]["facts"] == {"rule": "graffiti in the north"}


def test_a_promise_kept_stays_kept_and_a_breach_stays_a_breach(frozen_clock):
    case = make_case()
    acknowledge_incident(case.incident_id, actor=the_system())
    kept_at = frozen_clock.at
    frozen_clock.move_by(timedelta(hours=100))
    sweep_clocks()
    breached_at = frozen_clock.at
    frozen_clock.move_by(timedelta(hours=1))

    change_service(case.incident_id, "graffiti", actor=staff_actor())

    new = Clock.objects.filter(promise__superseded_at=None)
    assert new.get(target="acknowledge").met_at == kept_at
    assert new.get(target="resolve").breached_at == breached_at
    assert Clock.objects.filter(breached_at=breached_at, target="resolve").count() == 2


def test_an_open_question_stops_the_new_promise_too(frozen_clock):
    case = make_case()
    ask_reporter(case.pk, "Which wall?", actor=staff_actor())

    change_service(case.incident_id, "graffiti", actor=staff_actor())

    new = Clock.objects.filter(promise__superseded_at=None)
    assert set(new.values_list("state", flat=True)) == {"paused"}
    assert Incident.objects.get().due_at is None


def test_a_lone_incident_becomes_sensitive_with_all_that_hangs_on_it(frozen_clock):
    case = make_case()
    follow_incident(case.pk, make_person().pk, actor=anybody())

    with transaction.atomic():
        change_service(case.incident_id, "wellbeing", actor=staff_actor())

    case = Case.objects.get()
    assert (case.is_sensitive, case.privacy, case.incident.is_sensitive) == (
        True,
        "sensitive",
        True,
    )
    assert Membership.objects.get().is_sensitive
    assert case.incident.queue_id == the_city().queues["care"].pk
    assert Follow.objects.get().to_at == frozen_clock.at


def test_what_was_told_in_confidence_never_becomes_public(frozen_clock):
    sensitive = make_case(service="wellbeing")
    private = make_case(privacy=Privacy.PRIVATE)

    change_service(sensitive.incident_id, "pothole", actor=staff_actor(queues=BOTH))
    change_service(private.incident_id, "graffiti", actor=staff_actor(queues=BOTH))

    assert set(Case.objects.values_list("privacy", "is_sensitive")) == {("private", False)}


def test_a_shared_incident_becomes_neither_sensitive_nor_mixed(frozen_clock):
    incident = make_incident(cases=2)

    with pytest.raises(DoesNotApply) as refused:
        change_service(incident.pk, "wellbeing", actor=staff_actor())

    assert refused.value.facts == {"reason": "shared"}


def test_a_service_that_is_unknown_or_the_same_changes_nothing(frozen_clock):
    incident = make_incident()

    with pytest.raises(UnknownService):
        change_service(incident.pk, "spaceship", actor=staff_actor())
    with pytest.raises(DoesNotApply):
        change_service(incident.pk, "pothole", actor=staff_actor())


# -- the place ---------------------------------------------------------------------------


def test_a_corrected_place_takes_its_areas_along_and_stays_in_its_queue(frozen_clock):
    incident = make_incident()

    moved = correct_place(incident.pk, NORTH, "9 Oak Street", actor=staff_actor())

    assert (moved.lon, moved.lat, moved.address) == (NORTH.lon, NORTH.lat, "9 Oak Street")
    assert (moved.areas, moved.precision, moved.queue_id) == (
        ["ward:north"],
        "point",
        incident.queue_id,
    )
    assert last_event(incident).body.payload["facts"]["areas"] == ["ward:north"]


def test_cases_that_stood_there_move_along_and_a_reporters_own_point_stays(frozen_clock):
    incident = make_incident()
    own = make_case(incident=incident, point=Point(-80.001, 39.951))

    correct_place(incident.pk, NORTH, "", actor=staff_actor())

    first, second = cases_of(incident)
    assert (first.lat, first.address) == (NORTH.lat, "12 Elm Street")
    assert (second.lat, second.areas) == (own.lat, ["ward:south"])


def test_a_place_outside_says_whose_it_is(frozen_clock):
    with pytest.raises(OutsideCity) as outside:
        correct_place(make_incident().pk, Point(-79.85, 40.0), "", actor=staff_actor())

    assert outside.value.facts["responsible"] == {"en": "Nextville"}


# -- work orders -------------------------------------------------------------------------


def _order(incident: Incident, queue: str = "parks") -> WorkOrder:
    return order_work(
        incident.pk,
        WorkOrderKind.INSPECTION,
        the_city().queues[queue].pk,
        "Look at the roots.",
        actor=staff_actor(),
    )


def test_a_work_order_goes_to_any_department_and_through_to_its_end(frozen_clock):
    incident = make_incident()
    order = _order(incident)
    parks = staff_actor(queues=("parks",))

    change_work_order(order.pk, WorkOrderState.SENT, "", actor=parks)
    done = change_work_order(order.pk, WorkOrderState.DONE, "Two roots cut.", actor=parks)

    assert (done.state, done.result) == ("done", "Two roots cut.")
    facts = last_event(incident).body.payload["facts"]
    assert facts == {"kind": "inspection", "state": "done", "order": order.pk}


def test_a_failed_work_order_says_why_and_is_tried_again(frozen_clock):
    order, actor = _order(make_incident()), staff_actor()
    change_work_order(order.pk, WorkOrderState.SENT, "", actor=actor)

    with pytest.raises(MissingText):
        change_work_order(order.pk, WorkOrderState.FAILED, " ", actor=actor)
    change_work_order(order.pk, WorkOrderState.FAILED, "Gate locked.", actor=actor)

    again = change_work_order(order.pk, WorkOrderState.READY, "", actor=actor)
    assert (again.state, again.reason) == ("ready", "Gate locked.")


@pytest.mark.parametrize("to", [WorkOrderState.DONE, WorkOrderState.FAILED, WorkOrderState.READY])
def test_a_work_order_skips_no_step(frozen_clock, to):
    order = _order(make_incident())

    with pytest.raises(IllegalTransition):
        change_work_order(order.pk, to, "Why.", actor=staff_actor())


def test_a_department_does_not_touch_the_order_of_another(frozen_clock):
    incident = make_incident()
    _order(incident, "parks")
    other = _order(incident, "streets")

    with pytest.raises(NotAllowed):
        change_work_order(other.pk, WorkOrderState.SENT, "", actor=staff_actor(queues=("parks",)))


def test_work_on_a_sensitive_incident_is_ordered_from_sensitive_queues_only(frozen_clock):
    case = make_case(service="wellbeing")

    with pytest.raises(DoesNotApply):
        order_work(
            case.incident_id,
            WorkOrderKind.FOLLOW_UP,
            the_city().queues["parks"].pk,
            "Visit.",
            actor=staff_actor(queues=("care",)),
        )
