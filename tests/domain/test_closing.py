"""Closing takes words, an outcome and the proof the service asks for."""

from contextlib import nullcontext
from datetime import date

import pytest

from hark311.domain.closing import Closing, check_closing, last_day_to_dispute
from hark311.domain.errors import MissingEvidence, MissingOutcome, MissingText
from hark311.domain.vocabulary import Outcome

NOTHING: frozenset[str] = frozenset()


def closing(outcome=Outcome.FIXED, text="Filled on Monday.", detail=""):
    return Closing(outcome, text, detail)


@pytest.mark.parametrize(
    ("given", "needed", "attached"),
    [
        pytest.param(closing(), NOTHING, NOTHING, id="words are enough"),
        pytest.param(closing(), {"photo"}, {"photo", "form"}, id="the proof is there"),
        pytest.param(closing(Outcome.NOT_OURS, detail="The county"), NOTHING, NOTHING, id="whose"),
        pytest.param(closing(Outcome.PLANNED, detail="In May"), NOTHING, NOTHING, id="when"),
    ],
)
def test_a_whole_closing_is_taken(given, needed, attached):
    check_closing(given, frozenset(needed), frozenset(attached))


@pytest.mark.parametrize("outcome", [one for one in Outcome if one.is_for_staff])
def test_only_an_outcome_that_claims_work_needs_the_proof(outcome):
    given = closing(outcome, detail="The county")
    claims = outcome in {Outcome.FIXED, Outcome.NO_PROBLEM_FOUND}

    with pytest.raises(MissingEvidence) if claims else nullcontext():
        check_closing(given, frozenset({"photo"}), NOTHING)


@pytest.mark.parametrize(
    ("outcome", "expected_on", "last"),
    [
        pytest.param(Outcome.FIXED, None, date(2026, 7, 1), id="thirty days"),
        pytest.param(Outcome.FIXED, date(2026, 9, 1), date(2026, 7, 1), id="no other date counts"),
        pytest.param(Outcome.PLANNED, None, date(2026, 7, 1), id="planned without a day"),
        pytest.param(Outcome.PLANNED, date(2026, 9, 1), date(2026, 10, 1), id="from the day"),
        pytest.param(Outcome.PLANNED, date(2026, 5, 1), date(2026, 7, 1), id="a day gone by"),
    ],
)
def test_a_closing_may_be_disputed_for_thirty_days(outcome, expected_on, last):
    assert last_day_to_dispute(date(2026, 6, 1), outcome, expected_on) == last


@pytest.mark.parametrize(
    ("given", "needed", "error", "facts"),
    [
        pytest.param(closing(text=" \n"), NOTHING, MissingText, {"field": "text"}, id="no words"),
        *(
            pytest.param(
                closing(outcome, detail=" "),
                NOTHING,
                MissingOutcome,
                {"outcome": outcome, "reason": "detail"},
                id=f"{outcome} without its detail",
            )
            for outcome in (Outcome.NOT_OURS, Outcome.CANNOT_ACT, Outcome.PLANNED)
        ),
        *(
            pytest.param(
                closing(outcome),
                NOTHING,
                MissingOutcome,
                {"outcome": outcome, "reason": "not_for_staff"},
                id=f"{outcome} is not for staff",
            )
            for outcome in (Outcome.WITHDRAWN, Outcome.NOT_RECORDED)
        ),
        pytest.param(
            closing(), {"photo", "form"}, MissingEvidence, {"missing": ("photo",)}, id="no photo"
        ),
    ],
)
def test_what_is_missing_is_named(given, needed, error, facts):
    with pytest.raises(error) as refusal:
        check_closing(given, frozenset(needed), frozenset({"form"}))
    assert refusal.value.facts == facts
