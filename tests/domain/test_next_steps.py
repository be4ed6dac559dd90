"""What happens next: one sentence for each situation a reporter can be in."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.next_steps import NextStepCode, next_step
from hark311.domain.vocabulary import Outcome, Standing

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TODAY = NOW.date()
LATE = {"due_at": NOW - HOUR}
IN_TIME = {"due_at": NOW + HOUR}


def step(state=State.RECEIVED, **changes):
    known = {
        "standing": Standing.ACTIVE,
        "waiting_for": None,
        "is_disputed": False,
        "dispute_answer_by": None,
        "has_open_question": False,
        "outcome": None,
        "due_at": None,
        "expected_on": None,
        "service_text": None,
        "queue_name": "Potholes",
        "department_name": "Transportation",
        "now": NOW,
    }
    return next_step(state, **(known | changes))


@pytest.mark.parametrize(
    ("state", "situation", "code"),
    [
        pytest.param("received", IN_TIME, "received", id="received"),
        pytest.param("received", {}, "received", id="received without a promise"),
        pytest.param("received", {"due_at": NOW}, "received", id="the due instant is in time"),
        pytest.param("received", LATE, "received_late", id="nobody has looked, and it is late"),
        pytest.param("acknowledged", IN_TIME, "acknowledged", id="acknowledged"),
        pytest.param("acknowledged", LATE, "late", id="acknowledged and late"),
        pytest.param("in_progress", {}, "in_progress", id="in progress"),
        pytest.param(
            "in_progress", {"expected_on": TODAY}, "in_progress_expected", id="expected today"
        ),
        pytest.param(
            "in_progress", {"expected_on": date(2026, 5, 31)}, "in_progress", id="date gone by"
        ),
        pytest.param("in_progress", LATE, "late", id="late"),
        pytest.param("in_progress", LATE | {"expected_on": TODAY}, "late", id="late, with a date"),
        pytest.param(
            "waiting", {"waiting_for": WaitingFor.THIRD_PARTY}, "waiting_third_party", id="others"
        ),
        pytest.param(
            "waiting", {"waiting_for": WaitingFor.SCHEDULE}, "waiting_schedule", id="schedule"
        ),
        pytest.param("waiting", LATE, "waiting_schedule", id="waiting late"),
        pytest.param("in_progress", {"has_open_question": True}, "question", id="a question"),
        pytest.param(
            "received", LATE | {"has_open_question": True}, "question", id="late question"
        ),
        pytest.param("closed", {"outcome": Outcome.FIXED}, "closed_fixed", id="fixed"),
        pytest.param("closed", {"outcome": Outcome.PLANNED}, "closed_planned", id="planned"),
        pytest.param("closed", {"outcome": Outcome.NOT_OURS}, "closed_not_ours", id="not ours"),
        pytest.param("closed", {"outcome": Outcome.INVALID}, "closed_other", id="other"),
        pytest.param("closed", {"outcome": Outcome.NOT_RECORDED}, "closed_other", id="imported"),
        pytest.param("closed", {"outcome": None}, "closed_other", id="closed without outcome"),
        pytest.param("closed", {"has_open_question": True}, "closed_other", id="too late to ask"),
        pytest.param(
            "closed", {"outcome": Outcome.WITHDRAWN}, "withdrawn", id="the last one withdrew"
        ),
        pytest.param("closed", {"is_disputed": True}, "disputed", id="disputed"),
        pytest.param(
            "closed",
            {"is_disputed": True, "dispute_answer_by": NOW - HOUR},
            "disputed_late",
            id="disputed and not answered",
        ),
        pytest.param(
            "in_progress",
            {"standing": Standing.WITHDRAWN, "is_disputed": True, "has_open_question": True},
            "withdrawn",
            id="withdrawn comes first",
        ),
    ],
)
def test_each_situation_has_its_sentence(state, situation, code):
    assert step(State(state), **situation).code == code


def test_every_sentence_is_somebodys():
    told = {
        step(
            state,
            standing=standing,
            is_disputed=disputed,
            dispute_answer_by=due,
            has_open_question=asked,
            waiting_for=waiting_for,
            outcome=outcome,
            due_at=due,
            expected_on=expected,
        ).code
        for state, standing, disputed, asked, waiting_for, outcome, due, expected in product(
            State, Standing, (True, False), (True, False), WaitingFor,
            (Outcome.FIXED, Outcome.PLANNED, Outcome.NOT_OURS, Outcome.INVALID),
            (None, NOW - HOUR), (None, TODAY),
        )
    }  # fmt: skip
    assert told == set(NextStepCode)


def test_the_facts_name_who_has_it_and_by_when():
    due = NOW + HOUR
    told = step(due_at=due, expected_on=TODAY, service_text="A crew looks first.")
    assert told.facts == {
        "queue": "Potholes",
        "department": "Transportation",
        "due_at": due,
        "expected_on": TODAY,
        "service_text": "A crew looks first.",
    }


def test_what_is_unknown_is_not_among_the_facts():
    assert step(service_text="").facts == {"queue": "Potholes", "department": "Transportation"}


def test_a_late_case_says_so_and_gives_only_a_date_still_to_come():
    told = step(State.IN_PROGRESS, **LATE, expected_on=date(2026, 5, 1))
    assert told.facts["is_late"] is True
    assert "expected_on" not in told.facts


def test_a_dispute_names_the_day_of_its_answer():
    told = step(State.CLOSED, is_disputed=True, dispute_answer_by=NOW + HOUR)
    assert told.facts["answer_by"] == NOW + HOUR


def test_a_planned_closing_names_its_date_and_its_outcome():
    told = step(State.CLOSED, outcome=Outcome.PLANNED, expected_on=date(2027, 5, 1))
    assert told.facts["expected_on"] == date(2027, 5, 1)
    assert told.facts["outcome"] is Outcome.PLANNED
