"""Times and days as people write them in a pack."""

import pytest

from hark311.catalog.pack.times import read_days, read_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("07:00-19:00", ((420, 1140),)),
        ("7:00 - 24:00", ((420, 1440),)),
        ("13:00-17:00, 08:00-12:00", ((480, 720), (780, 1020))),
        ("08:00-12:00, 12:00-13:00", ((480, 720), (720, 780))),
    ],
)
def test_spans_are_minutes_in_the_order_of_the_day(text, spans):
    assert read_spans(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8-17",
        "08:00",
        "17:00-08:00",
        "08:00-08:00",
        "08:00-24:01",
        "08:60-09:00",
        "٠٨:٠٠-٠٩:٠٠",
    ],
)
def test_what_is_no_span_is_refused(text):
    with pytest.raises(ValueError, match=r"span|24:00|ends|minutes"):
        read_spans(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sun, sat", (5, 6)),
        ("mon-tue, sun", (0, 1, 6)),
    ],
)
def test_days_are_weekdays_from_monday(text, days):
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["", "monday", "fri-mon", "mon, mon-wed", "mon-", "Mon"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r"day|backwards"):
        read_days(text)
