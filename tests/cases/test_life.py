"""One machine does everything that can happen to cases, in any order, and checks what holds."""

import os
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random

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
from tests.cases.life import DEEDS, LEADS_TO, World, attempt, report
from tests.conftest import NOON

from hark311.cases.models import Event
from hark311.platform import clock

ROOT = Path(__file__).parents[2]
# More for a long look: HARK311_LIVES=500 pytest tests/cases/test_life.py
LIVES = int(os.environ.get("HARK311_LIVES", "15"))
STEPS = 50
REPORT = "report"
# How often each deed was done, over all lives of this process.
DONE: Counter[str] = Counter()


class Life(RuleBasedStateMachine):
    """The whole life of cases on the real database, each life in a transaction of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        self.open = ExitStack()
        self.open.enter_context(transaction.atomic())
        self.hands = self.open.enter_context(clock.held(NOON))

    @initialize()
    def found_a_city(self) -> None:
        self.world = World(self.hands)
        for _each in range(3):
            report(self.world, "pothole", joins=None, is_anonymous=False)

    @rule(seed=st.integers(min_value=0, max_value=2**64 - 1))
    def act(self, seed: int) -> None:
        """Anything, each as likely as any other: drawn by name, the first names come too often."""
        self.steps += 1
        # The step is part of the throw: favorite numbers must not be favorite deeds.
        dice = Random(f"{seed} {self.steps}")
        name = dice.choice([REPORT, REPORT, REPORT, *sorted(DEEDS)])
        a, b = dice.randrange(1000), dice.randrange(1000)
        for deed in (*LEADS_TO.get(name, ()), name) if dice.random() < 0.7 else (name,):
            self._do(deed, a, b)

    @invariant()
    def everything_holds(self) -> None:
        for name, holds in INVARIANTS.items():
            try:
                holds(self.world)
            except AssertionError as fault:
                raise AssertionError(name) from fault

    def _do(self, name: str, a: int, b: int) -> None:
        self.hands.move_by(timedelta(minutes=1))
        before = Event.objects.count()
        is_done = attempt(lambda: DEEDS.get(name, _report)(self.world, a, b))
        DONE[name] += is_done
        if not is_done:
            assert Event.objects.count() == before, f"{name} was refused and left a trace"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.open.close()


def _report(world: World, a: int, b: int) -> None:
    service = ("pothole", "pothole", "pothole", "graffiti", "wellbeing")[b % 5]
    report(world, service, joins=a if b % 2 else None, is_anonymous=b % 7 == 0)


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

    assert [name for name in (REPORT, *DEEDS) if not DONE[name]] == [], "never came about"


def test_the_page_and_the_machine_name_the_same_invariants():
    page = (ROOT / "docs" / "explanation" / "invariants.md").read_text()

    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]

    assert headings == list(INVARIANTS)


def test_the_machine_takes_every_action():
    done_otherwise = {
        "ask_survey": "by the sweeps, later than a life lasts",
        "attach_evidence": "needs a picture, moves nothing",
        "close_imported": "imports only",
        "follow_import": "imports only",
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
