"""Promises: hours that run always, hours of an open office, pauses, and two nights a year."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hark311.domain.errors import BadPack, DoesNotApply, NaiveTimestamp
from hark311.domain.hours import BusinessCalendar, Span
from hark311.domain.promises import SlaTarget, counted_between, due_at, paused_due_at, warn_at
from hark311.domain.vocabulary import Counting, Target

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = BusinessCalendar(NEW_YORK, dict.fromkeys(range(5), (Span(540, 1020),)))
ALWAYS = BusinessCalendar(NEW_YORK, dict.fromkeys(range(7), (Span(0, 1440),)))
NIGHT_SHIFT = BusinessCalendar(NEW_YORK, dict.fromkeys(range(7), (Span(0, 360), Span(1320, 1440))))
NEVER = BusinessCalendar(NEW_YORK, {})
CALENDARS = st.sampled_from([OFFICE, ALWAYS, NIGHT_SHIFT])
INSTANTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOURS = st.fractions(Fraction(1, 60), 400, max_denominator=60)


def local(*numbers):
    return datetime(*numbers, tzinfo=NEW_YORK)


def elapsed(hours):
    return SlaTarget(Target.RESOLVE, hours, Counting.ELAPSED)


def business(hours):
    return SlaTarget(Target.RESOLVE, hours, Counting.BUSINESS)


@pytest.mark.parametrize(
    ("opened", "target", "due"),
    [
        pytest.param(local(2026, 6, 1, 10), elapsed(72), local(2026, 6, 4, 10), id="72 hours"),
        pytest.param(local(2026, 6, 5, 16), business(1), local(2026, 6, 5, 17), id="to closing"),
        pytest.param(local(2026, 6, 5, 16), business(2), local(2026, 6, 8, 10), id="weekend"),
        pytest.param(local(2026, 6, 6, 3), business(8), local(2026, 6, 8, 17), id="from Saturday"),
        pytest.param(local(2026, 6, 1, 9), business(40), local(2026, 6, 5, 17), id="a week"),
        pytest.param(
            local(2026, 6, 1, 9),
            business(Fraction(1, 3)),
            local(2026, 6, 1, 9, 20),
            id="20 minutes",
        ),
        pytest.param(local(2026, 3, 7, 12), elapsed(24), local(2026, 3, 8, 13), id="spring night"),
        pytest.param(
            local(2026, 10, 31, 12), elapsed(24), local(2026, 11, 1, 11), id="autumn night"
        ),
    ],
)
def test_a_promise_falls_due_when_its_hours_have_run(opened, target, due):
    assert due_at(opened, target, OFFICE) == due
    assert due_at(opened, target, OFFICE).tzinfo is UTC


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        pytest.param(local(2026, 3, 7, 22), local(2026, 3, 8, 7), id="spring: eight real hours"),
        pytest.param(local(2026, 10, 31, 22), local(2026, 11, 1, 5), id="autumn: eight real hours"),
    ],
)
def test_open_hours_are_real_hours_when_clocks_change(opened, due):
    assert due_at(opened, business(8), ALWAYS) == due


def test_closing_at_midnight_and_a_minute_before_make_different_promises():
    to_midnight = BusinessCalendar(NEW_YORK, dict.fromkeys(range(7), (Span(1380, 1440),)))
    to_the_minute_before = BusinessCalendar(NEW_YORK, dict.fromkeys(range(7), (Span(1380, 1439),)))

    assert due_at(local(2026, 6, 1, 12), business(1), to_midnight) == local(2026, 6, 2)
    assert due_at(local(2026, 6, 1, 12), business(1), to_the_minute_before) == (
        local(2026, 6, 2, 23, 1)
    )


@given(INSTANTS, HOURS, CALENDARS)
@settings(max_examples=50)
def test_a_business_promise_is_never_due_before_an_elapsed_one(opened, hours, calendar):
    always, open_only = (due_at(opened, kind(hours), calendar) for kind in (elapsed, business))
    assert opened < always <= open_only


@given(INSTANTS, HOURS, CALENDARS, st.sampled_from(Counting))
@settings(max_examples=50)
def test_what_counts_up_to_the_due_instant_is_what_was_promised(opened, hours, calendar, counting):
    target = SlaTarget(Target.UPDATE, hours, counting)
    due = due_at(opened, target, calendar)
    assert counted_between(opened, due, counting, calendar) == target.length


@given(INSTANTS, HOURS, CALENDARS, st.sampled_from(Counting), HOURS, HOURS)
@settings(max_examples=50)
def test_a_pause_lengthens_a_promise_by_what_counted_meanwhile(
    opened, hours, calendar, counting, wait, length
):
    target = SlaTarget(Target.RESOLVE, hours, counting)
    due = due_at(opened, target, calendar)
    paused = opened + timedelta(hours=float(wait))
    resumed = paused + timedelta(hours=float(length))

    after = paused_due_at(due, paused, resumed, target, calendar)

    lost = counted_between(paused, resumed, counting, calendar)
    assert after >= due
    assert counted_between(due, after, counting, calendar) == lost


def test_a_pause_while_the_office_is_closed_costs_nothing():
    due = local(2026, 6, 8, 12)
    weekend = (local(2026, 6, 5, 18), local(2026, 6, 7, 18))

    assert paused_due_at(due, *weekend, business(8), OFFICE) == due
    assert paused_due_at(due, *weekend, elapsed(8), OFFICE) == due + timedelta(hours=48)


def test_a_pause_does_not_end_before_it_starts():
    with pytest.raises(DoesNotApply):
        paused_due_at(local(2026, 6, 8), local(2026, 6, 2), local(2026, 6, 1), elapsed(8), OFFICE)


def test_nothing_counts_backwards_or_in_an_office_that_never_opens():
    monday, friday = local(2026, 6, 1), local(2026, 6, 5)
    for counting in Counting:
        assert counted_between(friday, monday, counting, OFFICE) == timedelta()
    assert counted_between(monday, friday, Counting.BUSINESS, NEVER) == timedelta()


def test_a_warning_comes_when_three_quarters_have_gone_by():
    opened = local(2026, 6, 1, 10)
    assert warn_at(opened, opened + timedelta(hours=8)) == local(2026, 6, 1, 16)
    assert warn_at(opened, opened + timedelta(hours=8), 0.5) == local(2026, 6, 1, 14)


def test_an_office_that_never_opens_promises_nothing_in_business_hours():
    with pytest.raises(DoesNotApply) as refusal:
        due_at(local(2026, 6, 1), business(1), NEVER)
    assert refusal.value.facts == {"reason": "never_open"}
    assert due_at(local(2026, 6, 1), elapsed(1), NEVER) == local(2026, 6, 1, 1)


@pytest.mark.parametrize("target", [elapsed(1), business(1)])
def test_an_opening_without_a_zone_is_refused(target):
    with pytest.raises(NaiveTimestamp):
        due_at(datetime(2026, 6, 1), target, OFFICE)  # noqa: DTZ001  # the fault under test


@pytest.mark.parametrize("hours", [0, -1, float("nan"), float("inf"), 87_601])
def test_a_promise_of_no_hours_or_endless_hours_is_refused(hours):
    with pytest.raises(BadPack):
        elapsed(hours)
