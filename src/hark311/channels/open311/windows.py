"""Reads the dates, pages and statuses of a list, and holds a list to ninety days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hark311.channels.open311.parameters import Parameters
from hark311.domain.errors import UnreadablePayload
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.questions import w3c_datetime

LONGEST = timedelta(days=90)
# Ninety local days last an hour more when clocks are set back within them.
TOLERANCE = timedelta(hours=1)
LARGEST_PAGE = 1000
LAST_PAGE = 1_000_000

_ONE_DAY = len("2026-01-31")
_WHOLE_SECOND = timedelta(microseconds=999_999)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, both included; None is unbounded."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted, counted from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def window_of(parameters: Parameters, *, zone: ZoneInfo, now: datetime) -> Window:
    """The window of ``start_date`` and ``end_date``; the last ninety days where neither is given.

    One alone reaches ninety days from there. An instant without a zone is local to ``zone``.

    Raises UnreadablePayload with reason ``not_a_date``, ``end_before_start`` or ``too_long``.
    """
    start = instant(parameters, "start_date", zone=zone)
    end = instant(parameters, "end_date", zone=zone, is_end=True)
    if start is None and end is None:
        return Window(now - LONGEST, None)
    if start is None or end is None:
        return _ninety_days_from(start, end)
    if end < start:
        raise UnreadablePayload(field="end_date", reason="end_before_start")
    if end - start > LONGEST + TOLERANCE + _WHOLE_SECOND:
        raise UnreadablePayload(field="start_date", reason="window_too_long", days=LONGEST.days)
    return Window(start, end)


def _ninety_days_from(start: datetime | None, end: datetime | None) -> Window:
    try:
        if start is not None:
            return Window(start, start + LONGEST)
        if end is not None:
            return Window(end - LONGEST, end)
    except OverflowError as error:
        raise UnreadablePayload(field="start_date", reason="not_a_date") from error
    return Window(None, None)


def instant(
    parameters: Parameters, name: str, *, zone: ZoneInfo, is_end: bool = False
) -> datetime | None:
    """The instant a parameter names, None if it is absent.

    is_end: a day means its end, and a second all of it, since that is as exact as answers are.

    Raises UnreadablePayload(reason="not_a_date").
    """
    text = parameters.one(name)
    if not text:
        return None
    try:
        return _read_instant(text, zone, is_end=is_end)
    except (ValueError, OverflowError) as error:
        raise UnreadablePayload(field=name, reason="not_a_date") from error


def _read_instant(text: str, zone: ZoneInfo, *, is_end: bool) -> datetime:
    iso = w3c_datetime(text)
    is_day = len(iso) <= _ONE_DAY
    at = datetime.fromisoformat(iso + "-01-01"[: 0 if is_day is False else _ONE_DAY - len(iso)])
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    if is_end and is_day:
        at += timedelta(days=1) - timedelta(seconds=1)
    if is_end and at.microsecond == 0:
        at += _WHOLE_SECOND
    # A list compares instants in UTC: one that has none there is no date either.
    at.astimezone(ZoneInfo("UTC"))
    return at


def statuses_of(parameters: Parameters) -> frozenset[PublicStatus]:
    """The statuses asked for; none given means all.

    Raises UnreadablePayload(reason="unknown_status").
    """
    try:
        return frozenset(PublicStatus(word.lower()) for word in parameters.words("status"))
    except ValueError as error:
        raise UnreadablePayload(field="status", reason="unknown_status") from error


def page_of(parameters: Parameters) -> Page:
    """The page asked for: the first thousand rows unless told otherwise, never more at once.

    Raises UnreadablePayload(reason="not_a_count") for anything but a whole number above 0.
    """
    return Page(
        number=min(_count(parameters, "page", default=1), LAST_PAGE),
        size=min(_count(parameters, "page_size", default=LARGEST_PAGE), LARGEST_PAGE),
    )


def _count(parameters: Parameters, name: str, *, default: int) -> int:
    text = parameters.one(name)
    if not text:
        return default
    digits = text.isascii() and text.isdigit()
    if not digits or not text.strip("0"):
        raise UnreadablePayload(field=name, reason="not_a_count")
    return int(text[:12]) if len(text) <= 12 else LAST_PAGE
