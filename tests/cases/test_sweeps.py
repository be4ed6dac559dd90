"""What falls due is acted on once, whoever looks, and never for what was imported."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.cases.make import (
    FIXED,
    cases_of,
    events_of,
    kinds_of,
    last_event,
    make_case,
    make_incident,
    resident_actor,
    staff_actor,
    the_system,
)

from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Clock, Event, Incident, Question
from hark311.cases.sweeps import LOOPS, sweep_clocks, sweep_questions
from hark311.domain.vocabulary import Origin

pytestmark = pytest.mark.django_db


def _breached() -> int:
    return Event.objects.filter(kind="clock_breached").count()


def test_a_promise_is_warned_about_once_and_broken_once(frozen_clock):
    case = make_case()
    Clock.objects.exclude(target="resolve").update(state="met")
    resolve = Clock.objects.get(target="resolve")

    frozen_clock.move_to(resolve.warn_at)
    assert (sweep_clocks(), sweep_clocks()) == (1, 0)
    frozen_clock.move_to(resolve.due_at)
    assert sweep_clocks() == 0
    frozen_clock.move_by(timedelta(microseconds=1))
    assert (sweep_clocks(), sweep_clocks()) == (1, 0)

    assert kinds_of(case.incident) == ["received", "clock_warned", "clock_breached"]
    resolve.refresh_from_db()
    assert resolve.breached_at == frozen_clock.at


def test_a_breach_names_who_is_told(frozen_clock):
    case = make_case()
    frozen_clock.move_by(timedelta(days=30))

    sweep_clocks()

    event = last_event(case.incident)
    facts = event.body.payload["facts"]
    assert (facts["target"], facts["queue"], facts["told"]) == ("resolve", "streets", "desk")
    assert (facts["severity"], facts["asked"]) == ("normal", 0)
    assert (event.actor_kind, event.case_id, event.visibility) == ("system", case.pk, "public")


def test_a_clock_found_late_is_broken_and_not_warned_about_first(frozen_clock):
    make_case()
    frozen_clock.move_by(timedelta(days=30))

    assert sweep_clocks() == 3
    assert not Event.objects.filter(kind="clock_warned").exists()


def test_what_stands_is_closed_or_taken_back_is_left_alone(frozen_clock):
    paused, closed = make_case(), make_incident()
    ask_reporter(paused.pk, "Which lane?", actor=staff_actor())
    close_incident(closed.pk, FIXED, actor=staff_actor())
    gone, left = cases_of(make_incident(cases=2))
    withdraw_case(gone.pk, actor=resident_actor(gone))
    frozen_clock.move_by(timedelta(days=3, hours=1))

    sweep_clocks()

    late = Event.objects.filter(kind__startswith="clock_").values_list("case_id", flat=True)
    assert set(late) == {left.pk}


def test_what_was_imported_is_never_escalated_and_the_demo_says_that_it_is_one(frozen_clock):
    make_case(actor=replace(the_system(), origin=Origin.IMPORT))
    demo = make_case(actor=replace(the_system(), origin=Origin.DEMO))
    frozen_clock.move_by(timedelta(days=30))

    sweep_clocks()

    events = Event.objects.filter(kind="clock_breached")
    assert set(events.values_list("case_id", "origin")) == {(demo.pk, "demo")}


def test_a_sweep_takes_no_more_incidents_than_it_was_asked_to(frozen_clock):
    for _each in range(3):
        make_case()
    frozen_clock.move_by(timedelta(days=30))

    assert [sweep_clocks(limit=2), sweep_clocks(limit=2), sweep_clocks(limit=2)] == [6, 3, 0]


def test_an_incident_is_due_after_a_breach_as_before(frozen_clock):
    incident = make_incident()
    frozen_clock.move_by(timedelta(days=30))

    sweep_clocks()

    assert Incident.objects.get(pk=incident.pk).due_at == incident.due_at


def test_a_question_lapses_in_its_time_and_the_clocks_run_on(frozen_clock):
    case = make_case()
    due = Clock.objects.get(case=case, target="resolve").due_at
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    assert sweep_questions() == 0
    frozen_clock.move_by(timedelta(days=5))

    assert (sweep_questions(), sweep_questions()) == (1, 0)

    assert Question.objects.get(pk=question.pk).state == "lapsed"
    event = last_event(case.incident)
    assert (event.kind, event.actor_kind) == ("question_lapsed", "system")
    assert Clock.objects.get(case=case, target="resolve").due_at == due + timedelta(days=5)


def test_an_answered_question_does_not_lapse(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    answer_question(question.pk, "Left.", actor=resident_actor(case))
    frozen_clock.move_by(timedelta(days=5))

    assert sweep_questions() == 0


def test_every_sweep_is_a_loop_of_the_worker():
    assert [(name, seconds) for name, seconds, _function in LOOPS] == [
        ("sweep_clocks", 15),
        ("sweep_questions", 15),
        ("sweep_surveys", 60),
    ]


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_once_escalate_once(frozen_clock):
    incidents = [make_incident(cases=2) for _each in range(4)]
    case = make_case()
    ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    frozen_clock.move_by(timedelta(days=30))

    def look(_worker: int) -> int:
        try:
            return sweep_clocks() + sweep_questions()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        done = sum(workers.map(look, range(4)))
    # Whatever a worker found held by another is taken up by the next look.
    done += sweep_clocks() + sweep_questions()

    assert (done, _breached()) == (25, 24)
    for incident in incidents:
        assert kinds_of(incident).count("clock_breached") == 6
        sequences = [event.sequence for event in events_of(incident)]
        assert sequences == list(range(1, len(sequences) + 1))
    assert kinds_of(case.incident).count("question_lapsed") == 1


@pytest.mark.django_db(transaction=True)
def test_an_incident_that_somebody_works_on_is_left_to_the_next_look(frozen_clock):
    incident = make_incident()
    frozen_clock.move_by(timedelta(days=30))

    def look() -> int:
        try:
            return sweep_clocks()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as worker:
        Incident.objects.select_for_update().get(pk=incident.pk)
        assert worker.submit(look).result(timeout=20) == 0

    assert sweep_clocks() == 3
