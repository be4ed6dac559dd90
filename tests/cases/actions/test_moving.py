"""Splitting, merging and unmerging: a case moves, its promise stays its own."""

from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    anybody,
    cases_of,
    events_of,
    kinds_of,
    last_event,
    make_case,
    make_city,
    make_incident,
    make_person,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.merge_incidents import OpenOrders, merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock, Follow, Incident, Membership, Relation, WorkOrder
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


# -- unmerging ---------------------------------------------------------------------------


def test_merging_and_unmerging_gives_everything_back(frozen_clock):
    emptied, into = make_incident(cases=3), make_incident(cases=2)
    cases = cases_of(emptied)
    withdraw_case(cases[2].pk, actor=the_system())
    follow_incident(cases[0].pk, make_person().pk, actor=anybody())
    ask_reporter(cases[1].pk, "Which lane?", actor=the_system())
    wait_incident(into.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=the_system())
    order = _order(emptied)
    before = [(_now(row), [case.pk for case in cases_of(row)]) for row in (emptied, into)]
    clocks = {case.pk: _clocks(case) for case in Case.objects.all()}
    frozen_clock.move_by(timedelta(hours=3))

    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=3))
    for case in cases[:2]:
        unmerge_case(case.pk, actor=staff_actor())

    for was, members in before:
        now = _now(was)
        assert [case.pk for case in cases_of(now)] == members
        for column in ("state", "due_at", "active_cases", "asked_again", "merged_into_id"):
            assert getattr(now, column) == getattr(was, column), column
    assert {case.pk: _clocks(case) for case in Case.objects.all()} == clocks
    assert Follow.objects.get().incident_id == emptied.pk
    assert WorkOrder.objects.get(pk=order.pk).incident_id == emptied.pk


def test_the_reporter_of_an_unmerged_case_finds_it_in_both_histories(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())

    unmerge_case(case.pk, actor=staff_actor(), text="Another hole after all.")

    out, back = last_event(into), last_event(emptied)
    assert (out.kind, back.kind) == ("unmerged_out", "unmerged_back")
    assert {out.case_id, back.case_id} == {case.pk}
    assert back.body.payload["facts"]["text"] == "Another hole after all."
    assert Membership.objects.filter(case=case).count() == 3


def test_a_closing_elsewhere_did_not_keep_the_promise_of_a_case_that_returns(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    before = _clocks(case)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=3))
    close_incident(into.pk, FIXED, actor=staff_actor())

    home = unmerge_case(case.pk, actor=staff_actor())

    assert (home.state, _clocks(case)) == ("received", before)
    assert _now(into).state == "closed"


def test_questions_asked_meanwhile_count_and_waits_elsewhere_do_not(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    due = _clocks(case)["resolve"][1]
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    wait_incident(into.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=10))
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=5))
    answer_question(question.pk, "Left.", actor=resident_actor(case))
    frozen_clock.move_by(timedelta(hours=10))
    resume_incident(into.pk, actor=staff_actor())

    unmerge_case(case.pk, actor=staff_actor())

    assert _clocks(case)["resolve"][:2] == ("running", due + timedelta(hours=5))


def test_an_update_given_meanwhile_stays_given(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    due = _clocks(case)["update"][1]
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=10))
    add_public_note(into.pk, "Tomorrow.", actor=staff_actor())

    unmerge_case(case.pk, actor=staff_actor())

    assert _clocks(case)["update"][1] == due + timedelta(hours=10)


def test_a_case_returns_to_work_that_was_begun_before_and_waits_as_it_did(frozen_clock):
    emptied, into = make_incident(), make_incident()
    wait_incident(emptied.pk, WaitingFor.THIRD_PARTY, "Gas.", actor=the_system())
    (case,) = cases_of(emptied)
    before = _clocks(case)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=1))

    home = unmerge_case(case.pk, actor=staff_actor())

    assert (home.state, home.waiting_for) == ("waiting", "third_party")
    assert _clocks(case) == before


def test_a_case_that_returns_late_finds_its_home_closed(frozen_clock):
    emptied, into = make_incident(cases=2), make_incident()
    first, second = cases_of(emptied)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    unmerge_case(first.pk, actor=staff_actor())
    close_incident(emptied.pk, FIXED, actor=staff_actor())

    unmerge_case(second.pk, actor=staff_actor())

    assert {row[0] for row in _clocks(second).values()} == {"met"}
    assert _now(emptied).active_cases == 2


def test_an_open_incident_that_nobody_reports_any_more_closes_and_says_so(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,), (own,) = cases_of(emptied), cases_of(into)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    withdraw_case(own.pk, actor=resident_actor(own))

    unmerge_case(case.pk, actor=staff_actor())

    left = _now(into)
    assert (left.state, left.outcome, left.active_cases) == ("closed", "withdrawn", 0)
    assert kinds_of(into)[-2:] == ["unmerged_out", "closed"]
    assert last_event(into).body.payload["facts"]["text"] != ""


def test_a_case_goes_home_through_two_merges_and_leaves_nothing_open_behind(frozen_clock):
    first, second, third = make_incident(), make_incident(), make_incident()
    (case,) = cases_of(first)
    merge_incidents(first.pk, second.pk, actor=staff_actor())
    merge_incidents(second.pk, third.pk, actor=staff_actor())

    assert unmerge_case(case.pk, actor=staff_actor()).pk == second.pk
    assert unmerge_case(case.pk, actor=staff_actor()).pk == first.pk

    assert _now(second).merged_into_id == third.pk
    assert (_now(first).active_cases, _now(third).active_cases) == (1, 2)


def test_what_was_never_merged_is_not_unmerged(frozen_clock):
    case, other = cases_of(make_incident(cases=2))
    with pytest.raises(DoesNotApply):
        unmerge_case(case.pk, actor=staff_actor())
    split_case(other.pk, actor=staff_actor())

    with pytest.raises(DoesNotApply) as refused:
        unmerge_case(other.pk, actor=staff_actor())

    assert refused.value.facts == {"reason": "not_merged"}


def test_a_dispute_is_answered_before_its_case_goes_home(frozen_clock):
    emptied, into = make_incident(), make_incident()
    (case,) = cases_of(emptied)
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    close_incident(into.pk, FIXED, actor=staff_actor())
    request_dispute(case.pk, "Not my hole.", actor=resident_actor(case))

    with pytest.raises(DoesNotApply) as refused:
        unmerge_case(case.pk, actor=staff_actor())

    assert refused.value.facts == {"reason": "dispute_open"}


def test_nobody_works_on_an_incident_that_was_merged_away(frozen_clock):
    emptied, into = make_incident(), make_incident()
    merge_incidents(emptied.pk, into.pk, actor=staff_actor())
    deeds = (
        lambda: acknowledge_incident(emptied.pk, actor=staff_actor()),
        lambda: start_work(emptied.pk, actor=staff_actor()),
        lambda: close_incident(emptied.pk, FIXED, actor=staff_actor()),
        lambda: add_public_note(emptied.pk, "Soon.", actor=staff_actor()),
        lambda: _order(emptied),
    )

    for deed in deeds:
        with pytest.raises(DoesNotApply) as refused:
            deed()
        assert refused.value.facts["reason"] == "merged"


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
