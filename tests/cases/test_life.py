"""One machine does everything that can happen to cases, in any order, and checks what holds."""

import os
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.cases.invariants import INVARIANTS
from tests.cases.life import DEEDS, World, attempt, report
from tests.conftest import NOON

from hark311.cases.models import Event
from hark311.platform import clock

ROOT = Path(__file__).parents[2]
# More for a long look: HARK311_LIVES=500 pytest tests/cases/test_life.py
LIVES = int(os.environ.get("HARK311_LIVES", "12"))
STEPS = 30
NUMBERS = st.integers(min_value=0, max_value=7)
SERVICES = st.sampled_from(["pothole", "pothole", "pothole", "graffiti", "wellbeing"])


class Life(RuleBasedStateMachine):
    """The whole life of cases on the real database, each life in a transaction of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.open.enter_context(transaction.atomic())
        self.hands = self.open.enter_context(clock.held(NOON))

    @initialize()
    def found_a_city(self) -> None:
        self.world = World(self.hands)
        for _each in range(3):
            report(self.world, "pothole", joins=None, is_anonymous=False)

    @rule(service=SERVICES, joins=st.none() | NUMBERS, is_anonymous=st.booleans())
    def report(self, service: str, joins: int | None, is_anonymous: bool) -> None:
        self._do(lambda: report(self.world, service, joins=joins, is_anonymous=is_anonymous))

    @rule(name=st.sampled_from(sorted(DEEDS)), a=NUMBERS, b=NUMBERS)
    def act(self, name: str, a: int, b: int) -> None:
        self._do(lambda: DEEDS[name](self.world, a, b))

    @invariant()
    def everything_holds(self) -> None:
        for name, holds in INVARIANTS.items():
            try:
                holds(self.world)
            except AssertionError as fault:
                raise AssertionError(name) from fault

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.open.close()

    def _do(self, deed) -> None:
        """A deed that is refused leaves no trace."""
        self.hands.move_by(timedelta(minutes=1))
        before = Event.objects.count()
        if not attempt(deed):
            assert Event.objects.count() == before


# No transaction around all lives: it would hold back what other tests of this run wait for.
@pytest.mark.django_db(transaction=True)
def test_a_case_may_live_any_life_and_what_always_holds_holds():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="HARK311_LIVES" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_page_and_the_machine_name_the_same_invariants():
    page = (ROOT / "docs" / "explanation" / "invariants.md").read_text()

    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]

    assert headings == list(INVARIANTS)


def test_the_machine_takes_every_action():
    done_otherwise = {
        "attach_evidence": "needs a picture, moves nothing",
        "close_imported": "imports only",
        "import_case": "imports only",
        "judge_pictures": "of pictures, moves nothing",
        "open_case": "by reporting",
        "record_pack_loaded": "of no case",
        "seal_day": "of no case",
        "step_clocks": "by the sweeps",
        # by intake.reply
        "add_words": "",
        "answer_question": "",
        "follow_incident": "",
        "rate_case": "",
        "request_dispute": "",
        "take_status": "",
        "unfollow_incident": "",
    }
    source = (ROOT / "tests" / "cases" / "life.py").read_text()
    actions = {path.stem for path in (ROOT / "src/hark311/cases/actions").glob("[a-z]*.py")}

    missing = {
        name for name in actions - set(done_otherwise) if f"actions.{name} import" not in source
    }

    assert missing == set(), "add a deed to tests/cases/life.py"
