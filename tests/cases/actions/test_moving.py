"""Splitting, merging and relating: a case moves, its promise stays its own."""

import pytest
from tests.cases.make import (
    anybody,
    cases_of,
    events_of,
    kinds_of,
    last_event,
    make_case,
    make_city,
    make_incident,
    make_person,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.merge_incidents import OpenOrders, merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock, Follow, Incident, Relation, WorkOrder
from hark311.domain.errors import CannotMerge, DoesNotApply, NotAllowed, NotFound
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import WorkOrderKind

pytestmark = pytest.mark.django_db


def _clocks(case: Case) -> dict[str, tuple[object, ...]]:
    return {
        row.target: (row.state, row.due_at, row.warn_at, row.paused_at, row.pauses, row.met_at)
        for row in Clock.objects.filter(case=case)
    }


def _now(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def _order(incident: Incident) -> WorkOrder:
    queue = the_city().queues["streets"]
    return order_work(incident.pk, WorkOrderKind.REPAIR, queue.pk, "Fill.", actor=the_system())


# -- splitting ---------------------------------------------------------------------------


def test_a_split_case_gets_an_incident_of_its_own_in_the_same_queue(frozen_clock):
    incident = make_incident(cases=2, state=State.ACKNOWLEDGED)
    case, other = cases_of(incident)
    follow_incident(case.pk, make_person().pk, actor=anybody())
    before = _clocks(case)

    split = split_case(case.pk, actor=staff_actor())

    new = split.incident
    assert (new.state, new.queue_id, new.active_cases) == ("received", incident.queue_id, 1)
    assert _clocks(case) == before
    assert Follow.objects.get().incident_id == new.pk
    assert [row.pk for row in cases_of(incident)] == [other.pk]
    assert (kinds_of(new), kinds_of(incident)[-1]) == (["split_from"], "split_off")


def test_a_split_case_no_longer_stands_for_what_the_old_incident_waits_for(frozen_clock):
    incident = make_incident(cases=2)
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=the_system())
    case, other = cases_of(incident)

    split_case(case.pk, actor=staff_actor())

    assert _clocks(case)["resolve"][0] == "running"
    assert _clocks(other)["resolve"][0] == "paused"


def test_the_only_case_is_not_split_off(frozen_clock):
    incident = make_incident(cases=2)
    first, second = cases_of(incident)
    withdraw_case(second.pk, actor=the_system())

    for case, reason in ((first, "only_case"), (second, "withdrawn")):
        with pytest.raises(DoesNotApply) as refused:
            split_case(case.pk, actor=staff_actor())
        assert refused.value.facts == {"reason": reason}


# -- merging -----------------------------------------------------------------------------


def test_merging_moves_every_case_and_who_follows_and_empties_the_other(frozen_clock):
    emptied, into = make_incident(cases=3), make_incident()
    moved = cases_of(emptied)
    withdraw_case(moved[0].pk, actor=the_system())
    follow_incident(moved[1].pk, make_person().pk, actor=anybody())

    merged = merge_incidents(emptied.pk, into.pk, actor=staff_actor(), text="The same hole.")

    assert (merged.active_cases, merged.asked_again) == (3, 4)
    assert len(cases_of(into)) == 4
    gone = _now(emptied)
    assert (gone.merged_into_id, gone.state, gone.active_cases, gone.due_at) == (
        into.pk,
        "received",
        0,
        None,
    )
    assert Follow.objects.get().incident_id == into.pk
    assert (last_event(emptied).kind, last_event(into).kind) == ("merged_into", "merged_from")


def test_merging_moves_no_promise(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    before = _clocks(case)

    merge_incidents(emptied.pk, into.pk, actor=staff_actor())

    assert _clocks(case) == before


def test_what_is_merged_into_acknowledged_and_waiting_work_says_the_same(frozen_clock):
    emptied, into = make_incident(), make_incident()
    wait_incident(into.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=the_system())
    (case,) = cases_of(emptied)

    merge_incidents(emptied.pk, into.pk, actor=staff_actor())

    clocks = _clocks(case)
    assert (clocks["acknowledge"][0], clocks["resolve"][0]) == ("met", "paused")


def test_what_waited_runs_where_nothing_is_waited_for(frozen_clock):
    emptied, into = make_incident(), make_incident()
    wait_incident(emptied.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=the_system())
    (case,) = cases_of(emptied)

    merge_incidents(emptied.pk, into.pk, actor=staff_actor())

    assert _clocks(case)["resolve"][0] == "running"


@pytest.mark.parametrize(
    ("choice", "state"), [(OpenOrders.MOVE, "ready"), (OpenOrders.CANCEL, "cancelled")]
)
def test_open_work_orders_move_or_are_cancelled_by_choice(frozen_clock, choice, state):
    emptied, into = make_incident(), make_incident()
    _order(emptied)

    merge_incidents(emptied.pk, into.pk, actor=staff_actor(), orders=choice)

    order = WorkOrder.objects.get()
    assert order.state == state
    assert order.incident_id == (into.pk if choice is OpenOrders.MOVE else emptied.pk)


@pytest.mark.parametrize("reason", ["same", "sensitive", "closed", "merged"])
def test_what_does_not_merge(frozen_clock, reason):
    emptied, into = make_incident(), make_incident()
    others = {
        "same": lambda: emptied,
        "sensitive": lambda: make_case(service="wellbeing").incident,
        "closed": lambda: make_incident(state=State.CLOSED),
        "merged": lambda: merge_incidents(into.pk, make_incident().pk, actor=the_system()) and into,
    }
    other = others[reason]()
    actor = staff_actor(queues=("streets", "care"))

    for pair in ((emptied.pk, other.pk), (other.pk, emptied.pk)):
        with pytest.raises(CannotMerge) as refused:
            merge_incidents(*pair, actor=actor)
        assert refused.value.facts == {"reason": reason}


def test_nothing_merges_into_another_city(frozen_clock):
    foreign = make_incident(make_city("elsewhere"))

    with pytest.raises(NotFound):
        merge_incidents(make_incident().pk, foreign.pk, actor=staff_actor())


def test_merging_needs_the_right_in_both_queues(frozen_clock):
    here, there = make_incident(), make_incident(service="graffiti")

    with pytest.raises(NotAllowed):
        merge_incidents(here.pk, there.pk, actor=staff_actor())

    merge_incidents(here.pk, there.pk, actor=staff_actor(queues=("streets", "parks")))


# -- relating ----------------------------------------------------------------------------


def test_two_incidents_are_related_once_in_both_histories(frozen_clock):
    first, second = make_incident(), make_incident()

    relate_incidents(first.pk, second.pk, actor=staff_actor())

    assert Relation.objects.count() == 1
    assert [last_event(row).kind for row in (first, second)] == ["related", "related"]
    assert {event.visibility for event in events_of(second)[1:]} == {"staff"}
    for pair in ((first.pk, second.pk), (second.pk, first.pk), (first.pk, first.pk)):
        with pytest.raises(DoesNotApply):
            relate_incidents(*pair, actor=staff_actor())
