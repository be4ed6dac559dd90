"""When an office is open, in real time: weekly spans, holidays, clocks that change at night."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hark311.domain.errors import BadPack, DoesNotApply, NaiveTimestamp

MINUTES_A_DAY = 1440
LONGEST_CLOSURE_DAYS = 400


@dataclass(frozen=True, slots=True)
class Span:
    """From opening to closing, in minutes since local midnight; 1440 is the midnight that ends it.

    Raises BadPack if the span ends before it starts or leaves the day.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise BadPack(reason="span", opens=self.opens, closes=self.closes)


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """The hours of a department: weekday (0 is Monday) to spans, and the days it stays closed.

    Raises BadPack if the spans of a day overlap or a weekday is none.
    """

    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    closed_on: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for weekday, spans in self.week.items():
            if weekday not in range(7):
                raise BadPack(reason="weekday", weekday=weekday)
            for earlier, later in pairwise(spans):
                if later.opens < earlier.closes:
                    raise BadPack(reason="spans_overlap", weekday=weekday)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The opening hours of a local day as written, in order; none on a holiday."""
        return () if day in self.closed_on else self.week.get(day.weekday(), ())

    def open_spans_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The same as instants in UTC. A span that a clock change swallows whole is left out."""
        instants = (
            (instant_of(self.zone, day, span.opens), instant_of(self.zone, day, span.closes))
            for span in self.spans_on(day)
        )
        return tuple((opening, closing) for opening, closing in instants if opening < closing)


def instant_of(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """Return, in UTC, the first instant at which the local clock reads this minute or later.

    So an hour that comes twice counts from its first coming, and a minute that is
    skipped is the instant of the skip.
    """
    if minute == MINUTES_A_DAY:
        day, minute = day + timedelta(days=1), 0
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _skip_over(wall, zone)


def _skip_over(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the clock change that skips a local time, by halving the interval."""
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset_after = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset_after:
            after = middle
        else:
            before = middle
    return after


def require_zone(at: datetime) -> datetime:
    """Return the instant in UTC.

    Raises NaiveTimestamp if it has no zone.
    """
    if at.utcoffset() is None:
        raise NaiveTimestamp(at=at.isoformat())
    return at.astimezone(UTC)


def open_time_from(calendar: BusinessCalendar, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield open time from ``at`` on, in order, cut off at ``at``; never ends.

    Raises DoesNotApply(reason="never_open") where the calendar stays closed for 400 days.
    """
    start = require_zone(at)
    # The evening before may still be running: some zones turn the clock back over midnight.
    day = start.astimezone(calendar.zone).date() - timedelta(days=1)
    last_open = day
    while (day - last_open).days <= LONGEST_CLOSURE_DAYS:
        for opening, closing in calendar.open_spans_on(day):
            last_open = day
            if closing > start:
                yield max(opening, start), closing
        day += timedelta(days=1)
    raise DoesNotApply(reason="never_open")


def is_open_at(calendar: BusinessCalendar, at: datetime) -> bool:
    """True from the instant of opening up to, not including, the instant of closing."""
    instant = require_zone(at)
    today = instant.astimezone(calendar.zone).date()
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    return any(
        opening <= instant < closing
        for day in days
        for opening, closing in calendar.open_spans_on(day)
    )


def next_opening(calendar: BusinessCalendar, at: datetime) -> datetime:
    """Return, in UTC, the first open instant from ``at`` on; ``at`` itself while open.

    Raises DoesNotApply(reason="never_open") where the calendar stays closed for 400 days.
    """
    opening, _closing = next(open_time_from(calendar, at))
    return opening


def end_of_business_day_after(calendar: BusinessCalendar, at: datetime, days: int) -> datetime:
    """Return, in UTC, when the office closes on the ``days``-th open day after that of ``at``.

    Raises DoesNotApply(reason="never_open") where the calendar stays closed for 400 days.
    """
    day = last_open = require_zone(at).astimezone(calendar.zone).date()
    left = days
    while (day - last_open).days <= LONGEST_CLOSURE_DAYS:
        day += timedelta(days=1)
        spans = calendar.open_spans_on(day)
        if not spans:
            continue
        last_open, left = day, left - 1
        if left == 0:
            return spans[-1][1]
    raise DoesNotApply(reason="never_open")
