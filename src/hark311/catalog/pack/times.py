"""Times of day and days of the week as a pack writes them."""

import re
from itertools import pairwise

Span = tuple[int, int]
"""Minutes after midnight: from (included) and to (excluded); 1440 is the end of the day."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)


def read_spans(text: str) -> tuple[Span, ...]:
    """``07:00-12:00, 13:00-17:00`` as spans in the order of the day.

    Raises ValueError, worded for people, if a span is none, runs backwards or overlaps another.
    """
    spans = sorted(_read_span(part.strip()) for part in text.split(","))
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise ValueError(f"the time spans of {text!r} overlap")
    return tuple(spans)


def _read_span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a time span")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    if from_minute > 59 or to_minute > 59:
        raise ValueError(f"{text!r} has more than 59 minutes in an hour")
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if end > MIDNIGHT:
        raise ValueError(f"{text!r} goes past 24:00")
    if start >= end:
        raise ValueError(f"{text!r} ends before it starts")
    return start, end


def read_days(text: str) -> tuple[int, ...]:
    """``mon``, ``mon-fri`` or ``sat, sun`` as weekdays, Monday is 0.

    Raises ValueError, worded for people, if a day is unknown or comes twice.
    """
    days = [day for part in text.split(",") for day in _read_days(part.strip())]
    if len(set(days)) < len(days):
        raise ValueError(f"{text!r} names a day twice")
    return tuple(sorted(days))


def _read_days(text: str) -> range:
    first, dash, last = (part.strip() for part in text.partition("-"))
    for day in (first, last) if dash else (first,):
        if day not in DAYS:
            raise ValueError(f"{day!r} is not a day of the week")
    start, end = DAYS.index(first), DAYS.index(last if dash else first)
    if end < start:
        raise ValueError(f"{text!r} runs backwards; write two parts with a comma")
    return range(start, end + 1)
