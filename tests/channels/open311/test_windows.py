"""Dates, pages and the ninety days, as clients write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.channels.open311.parameters import Parameters
from hark311.channels.open311.windows import Page, Window, instant, page_of, window_of
from hark311.domain.errors import UnreadablePayload

NEW_YORK = ZoneInfo("America/New_York")
# Hypothesis wants its bounds without a zone, and gives them one.
DAY_TWO, LAST_BUT_ONE = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def given_as(**fields):
    return Parameters({name: (value,) for name, value in fields.items()})


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-01-31T13:45:00Z", datetime(2026, 1, 31, 13, 45, tzinfo=UTC)),
        ("2026-01-31T13:45:00.25Z", datetime(2026, 1, 31, 13, 45, 0, 250_000, tzinfo=UTC)),
        ("2026-01-31 13:45:00-06:00", datetime(2026, 1, 31, 19, 45, tzinfo=UTC)),
        # A plus that was not encoded arrives as a blank.
        ("2026-01-31T13:45:00 02:00", datetime(2026, 1, 31, 11, 45, tzinfo=UTC)),
        ("2026-01-31T13:45:00", datetime(2026, 1, 31, 18, 45, tzinfo=UTC)),
        ("2026-01-31", datetime(2026, 1, 31, 5, 0, tzinfo=UTC)),
        ("2026-01", datetime(2026, 1, 1, 5, 0, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, 5, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_however_clients_write_it(text, at):
    assert instant(given_as(start_date=text), "start_date", zone=NEW_YORK) == at


def test_an_end_takes_in_the_whole_second_or_day_it_names():
    second = instant(given_as(end="2026-01-31T13:45:00Z"), "end", zone=NEW_YORK, is_end=True)
    day = instant(given_as(end="2026-01-31"), "end", zone=NEW_YORK, is_end=True)

    assert second == datetime(2026, 1, 31, 13, 45, 0, 999_999, tzinfo=UTC)
    assert day == datetime(2026, 2, 1, 4, 59, 59, 999_999, tzinfo=UTC)


def test_nothing_given_is_the_last_ninety_days():
    window = window_of(given_as(start_date=" "), zone=NEW_YORK, now=NOW)

    assert window == Window(NOW - timedelta(days=90), None)


@pytest.mark.parametrize(("hours", "is_taken"), [(0, True), (1, True), (2, False)])
def test_ninety_days_may_last_an_hour_more_when_clocks_change(hours, is_taken):
    start = NOW - timedelta(days=90, hours=hours)
    dates = given_as(start_date=start.isoformat(), end_date=NOW.isoformat())

    if is_taken:
        assert window_of(dates, zone=NEW_YORK, now=NOW).start == start
    else:
        with pytest.raises(UnreadablePayload):
            window_of(dates, zone=NEW_YORK, now=NOW)


@given(st.text(max_size=40))
def test_any_text_is_an_instant_with_a_zone_or_refused(text):
    refused = None
    try:
        at = instant(given_as(start_date=text), "start_date", zone=NEW_YORK, is_end=True)
    except UnreadablePayload as error:
        refused = error.facts["reason"]

    assert refused == "not_a_date" if refused else at is None or at.utcoffset() is not None


@given(st.datetimes(DAY_TWO, LAST_BUT_ONE, timezones=st.just(UTC)))
def test_every_instant_written_as_iso_is_read_back(at):
    assert instant(given_as(start_date=at.isoformat()), "start_date", zone=NEW_YORK) == at


@given(st.text(max_size=30))
def test_any_page_is_counted_from_one_or_refused(text):
    refused = None
    try:
        page = page_of(given_as(page=text, page_size=text))
    except UnreadablePayload as error:
        refused = error.facts["reason"]

    assert refused == "not_a_count" if refused else page.number >= 1 and 1 <= page.size <= 1000


def test_a_page_is_a_thousand_rows_at_most():
    assert page_of(given_as(page_size="100000")) == Page(1, 1000)
    assert page_of(given_as()) == Page(1, 1000)
