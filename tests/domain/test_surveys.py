"""When silent reporters are asked once more, in the mornings of the city."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hark311.domain.surveys import ask_at, is_asked_at_closing
from hark311.domain.vocabulary import Outcome

ZONE = ZoneInfo("America/New_York")
# Eleven in the evening of 1 June where the city is.
CLOSED = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "expected_on", "day"),
    [
        pytest.param(Outcome.FIXED, None, date(2026, 6, 6), id="five days on"),
        pytest.param(Outcome.FIXED, date(2026, 9, 1), date(2026, 6, 6), id="no other day counts"),
        pytest.param(Outcome.NOT_OURS, None, date(2026, 6, 6), id="whatever the outcome"),
        pytest.param(Outcome.PLANNED, date(2026, 9, 1), date(2026, 9, 2), id="after the plan"),
        pytest.param(Outcome.PLANNED, date(2026, 5, 1), date(2026, 6, 2), id="a day gone by"),
    ],
)
def test_people_are_asked_at_ten_in_the_morning(outcome, expected_on, day):
    asked = ask_at(CLOSED, outcome, expected_on, ZONE)

    assert asked == datetime(day.year, day.month, day.day, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.NOT_RECORDED, Outcome.INVALID])
def test_nobody_is_asked_about_what_nobody_worked_on(outcome):
    assert ask_at(CLOSED, outcome, None, ZONE) is None
    assert not is_asked_at_closing(outcome)


def test_a_plan_without_a_day_is_not_asked_about():
    assert ask_at(CLOSED, Outcome.PLANNED, None, ZONE) is None


def test_the_mail_of_a_closing_asks_unless_it_is_too_soon_to_tell():
    assert is_asked_at_closing(Outcome.FIXED)
    assert not is_asked_at_closing(Outcome.PLANNED)
