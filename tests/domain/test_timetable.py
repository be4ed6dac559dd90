"""A timetable says what the rules say day by day, only quicker."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import DoesNotApply
from hark311.domain.hours import BusinessCalendar, Span, next_opening
from hark311.domain.promises import SlaTarget, counted_between, due_at
from hark311.domain.timetable import Timetable
from hark311.domain.vocabulary import Counting, Target

ZONE = ZoneInfo("America/New_York")
CALENDARS = (
    BusinessCalendar(
        ZONE, dict.fromkeys(range(5), (Span(540, 1020),)), frozenset({date(2026, 5, 25)})
    ),
    BusinessCalendar(ZONE, dict.fromkeys(range(6), (Span(480, 720), Span(780, 1020)))),
    BusinessCalendar(ZONE, dict.fromkeys(range(7), (Span(0, 360), Span(1320, 1440)))),
)
PAIRS = [(one, Timetable(one, date(2025, 12, 1), date(2028, 1, 31))) for one in CALENDARS]
BOTH = st.sampled_from(PAIRS)
INSTANTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
    datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(second=0, microsecond=0))
COUNTINGS = st.sampled_from(Counting)


@given(BOTH, INSTANTS, st.integers(1, 400 * 4), COUNTINGS)
def test_a_promise_falls_due_when_the_rules_say(both, start, quarters, counting):
    calendar, timetable = both
    target = SlaTarget(Target.RESOLVE, quarters / 4, counting)

    assert timetable.due_at(start, target) == due_at(start, target, calendar)


@given(BOTH, INSTANTS, st.integers(-100_000, 500_000), COUNTINGS)
def test_as_much_time_counts_as_the_rules_say(both, start, minutes, counting):
    calendar, timetable = both
    end = start + timedelta(minutes=minutes)

    assert timetable.counted(start, end, counting) == counted_between(
        start, end, counting, calendar
    )


@given(BOTH, INSTANTS)
def test_the_office_opens_when_the_rules_say(both, at):
    calendar, timetable = both

    assert timetable.opening_from(at) == next_opening(calendar, at)


def test_what_lies_behind_the_last_day_is_refused():
    timetable = Timetable(CALENDARS[0], date(2026, 6, 1), date(2026, 6, 2))
    start = datetime(2026, 6, 1, tzinfo=UTC)

    with pytest.raises(DoesNotApply):
        timetable.due_at(start, SlaTarget(Target.RESOLVE, 17, Counting.BUSINESS))
    with pytest.raises(DoesNotApply):
        timetable.opening_from(start + timedelta(days=9))


def test_a_calendar_that_is_never_open_has_no_timetable():
    with pytest.raises(DoesNotApply):
        Timetable(BusinessCalendar(ZONE, {}), date(2026, 6, 1), date(2026, 6, 2))
