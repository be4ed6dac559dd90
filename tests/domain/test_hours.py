"""Opening hours, against clocks, calendars and the nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import BadPack, DoesNotApply, NaiveTimestamp
from hark311.domain.hours import (
    BusinessCalendar,
    Span,
    end_of_business_day_after,
    instant_of,
    is_open_at,
    next_opening,
)

NEW_YORK = ZoneInfo("America/New_York")
NINE_TO_FIVE = (Span(9 * 60, 17 * 60),)
WEEKDAYS = dict.fromkeys(range(5), NINE_TO_FIVE)
OFFICE = BusinessCalendar(NEW_YORK, WEEKDAYS, frozenset({date(2026, 7, 3)}))
ALWAYS = BusinessCalendar(NEW_YORK, dict.fromkeys(range(7), (Span(0, 1440),)))
NEVER = BusinessCalendar(NEW_YORK, {})

SPRING_NIGHT = date(2026, 3, 8)  # 02:00 EST becomes 03:00 EDT
AUTUMN_NIGHT = date(2026, 11, 1)  # 02:00 EDT becomes 01:00 EST


def local(*numbers, fold=0, zone=NEW_YORK):
    return datetime(*numbers, tzinfo=zone, fold=fold)


def hours_open(calendar, day):
    return sum((end - start for start, end in calendar.open_spans_on(day)), timedelta())


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param(local(2026, 6, 1, 8, 59, 59), False, id="a second before opening"),
        pytest.param(local(2026, 6, 1, 9, 0), True, id="opening"),
        pytest.param(local(2026, 6, 1, 16, 59, 59), True, id="a second before closing"),
        pytest.param(local(2026, 6, 1, 17, 0), False, id="closing"),
        pytest.param(local(2026, 6, 6, 12, 0), False, id="Saturday"),
        pytest.param(local(2026, 7, 3, 12, 0), False, id="holiday"),
        pytest.param(datetime(2026, 6, 1, 13, 0, tzinfo=UTC), True, id="opening, told in UTC"),
    ],
)
def test_an_office_is_open_from_opening_up_to_closing(at, is_open):
    assert is_open_at(OFFICE, at) is is_open


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        pytest.param(local(2026, 6, 1, 12, 30), local(2026, 6, 1, 12, 30), id="open now"),
        pytest.param(local(2026, 6, 1, 17, 0), local(2026, 6, 2, 9, 0), id="after work"),
        pytest.param(local(2026, 6, 5, 18, 0), local(2026, 6, 8, 9, 0), id="over the weekend"),
        pytest.param(local(2026, 7, 2, 18, 0), local(2026, 7, 6, 9, 0), id="over a holiday"),
    ],
)
def test_the_next_opening_skips_what_is_closed(at, opening):
    assert next_opening(OFFICE, at) == opening
    assert next_opening(OFFICE, at).tzinfo is UTC


def test_several_spans_a_day_leave_the_lunch_break_closed():
    siesta = BusinessCalendar(NEW_YORK, {0: (Span(540, 720), Span(780, 1020))})

    assert not is_open_at(siesta, local(2026, 6, 1, 12, 30))
    assert next_opening(siesta, local(2026, 6, 1, 12, 30)) == local(2026, 6, 1, 13, 0)


def test_hours_to_midnight_are_a_minute_more_than_hours_to_one_minute_before():
    to_midnight = BusinessCalendar(NEW_YORK, {0: (Span(0, 1440),)})
    to_the_minute_before = BusinessCalendar(NEW_YORK, {0: (Span(0, 1439),)})
    last_half_minute = local(2026, 6, 1, 23, 59, 30)

    assert is_open_at(to_midnight, last_half_minute)
    assert not is_open_at(to_the_minute_before, last_half_minute)
    assert not is_open_at(to_midnight, local(2026, 6, 2, 0, 0))


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING_NIGHT, 23), (AUTUMN_NIGHT, 25), (date(2026, 6, 1), 24)]
)
def test_a_whole_day_has_its_real_hours(day, hours):
    assert hours_open(ALWAYS, day) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "span", "hours"),
    [
        pytest.param(SPRING_NIGHT, Span(60, 240), 2, id="01-04 in spring"),
        pytest.param(SPRING_NIGHT, Span(150, 300), 2, id="opens within the skipped hour"),
        pytest.param(SPRING_NIGHT, Span(60, 150), 1, id="closes within the skipped hour"),
        pytest.param(SPRING_NIGHT, Span(125, 175), 0, id="is skipped whole"),
        pytest.param(AUTUMN_NIGHT, Span(60, 240), 4, id="01-04 in autumn"),
        pytest.param(AUTUMN_NIGHT, Span(0, 90), 1.5, id="closes at the first 01:30"),
    ],
)
def test_a_night_span_has_its_real_hours_when_clocks_change(day, span, hours):
    calendar = BusinessCalendar(NEW_YORK, {6: (span,)})
    assert hours_open(calendar, day) == timedelta(hours=hours)


def test_spans_that_meet_within_a_repeated_hour_do_not_count_it_twice():
    parted = BusinessCalendar(NEW_YORK, {6: (Span(0, 90), Span(90, 1440))})
    assert hours_open(parted, AUTUMN_NIGHT) == timedelta(hours=25)


def test_a_skipped_day_has_no_hours():
    samoa = BusinessCalendar(
        ZoneInfo("Pacific/Apia"), dict.fromkeys(range(7), (Span(0, 1440),)), frozenset()
    )

    assert hours_open(samoa, date(2011, 12, 30)) == timedelta()
    assert hours_open(samoa, date(2011, 12, 31)) == timedelta(hours=24)


def test_an_evening_that_is_repeated_over_midnight_is_still_open():
    saint_johns = ZoneInfo("America/St_Johns")  # 00:01 became 23:01 of the day before
    calendar = BusinessCalendar(saint_johns, dict.fromkeys(range(7), (Span(0, 1440),)))

    assert is_open_at(calendar, local(2010, 11, 6, 23, 30, fold=1, zone=saint_johns))


def test_a_skipped_minute_is_the_instant_of_the_skip():
    assert instant_of(NEW_YORK, SPRING_NIGHT, 150) == datetime(2026, 3, 8, 7, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 1439))
def test_later_minutes_are_never_earlier_instants(day, minute):
    zone = ZoneInfo("America/New_York")
    assert instant_of(zone, day, minute) <= instant_of(zone, day, minute + 1)


def test_a_calendar_that_never_opens_says_so():
    with pytest.raises(DoesNotApply) as refusal:
        next_opening(NEVER, local(2026, 6, 1))
    assert refusal.value.facts == {"reason": "never_open"}
    assert not is_open_at(NEVER, local(2026, 6, 1))


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (700, 600), (-1, 60), (0, 1441)])
def test_a_span_outside_a_day_or_backwards_is_refused(opens, closes):
    with pytest.raises(BadPack):
        Span(opens, closes)


@pytest.mark.parametrize(
    "week",
    [{7: NINE_TO_FIVE}, {0: (Span(60, 120), Span(119, 180))}, {0: (Span(60, 90), Span(0, 9))}],
)
def test_a_week_that_cannot_be_is_refused(week):
    with pytest.raises(BadPack):
        BusinessCalendar(NEW_YORK, week)


@pytest.mark.parametrize("ask", [is_open_at, next_opening])
def test_an_instant_without_a_zone_is_refused(ask):
    with pytest.raises(NaiveTimestamp):
        ask(OFFICE, datetime(2026, 6, 1, 12, 0))  # noqa: DTZ001  # the fault under test


@pytest.mark.parametrize(
    ("at", "days", "ends"),
    [
        pytest.param("2026-06-01T14:00", 5, "2026-06-08T17:00", id="over a weekend"),
        pytest.param("2026-06-06T14:00", 1, "2026-06-08T17:00", id="from a Saturday"),
        pytest.param("2026-06-15T23:30", 5, "2026-06-23T17:00", id="over a holiday, at night"),
    ],
)
def test_business_days_are_those_on_which_the_office_opens(at, days, ends):
    zone = ZoneInfo("America/New_York")
    week = {day: (Span(480, 1020),) for day in range(5)}
    calendar = BusinessCalendar(zone, week, closed_on=frozenset({date(2026, 6, 19)}))

    found = end_of_business_day_after(
        calendar, datetime.fromisoformat(at).replace(tzinfo=zone), days
    )

    assert found == datetime.fromisoformat(ends).replace(tzinfo=zone)


def test_an_office_that_never_opens_has_no_business_days():
    with pytest.raises(DoesNotApply):
        end_of_business_day_after(
            BusinessCalendar(ZoneInfo("UTC"), {}), datetime(2026, 6, 1, tzinfo=UTC), 1
        )
