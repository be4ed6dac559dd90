"""Unmerging: a case goes back to where it came from, as if it had never left."""

from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    anybody,
    cases_of,
    kinds_of,
    last_event,
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
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock, Follow, Incident, Membership, WorkOrder
from hark311.domain.errors import DoesNotApply
from hark311.domain.lifecycle import WaitingFor
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
