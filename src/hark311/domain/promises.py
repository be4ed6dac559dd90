"""When a promise falls due: real hours, or hours of an open office, with pauses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from hark311.domain.errors import BadPack, DoesNotApply
from hark311.domain.hours import BusinessCalendar, open_time_from, require_zone
from hark311.domain.vocabulary import Counting, Target

LONGEST_HOURS = 87_600
MICROSECONDS_AN_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class SlaTarget:
    """What a service promises: a target, within so many hours, counted so.

    Raises BadPack unless hours lie above 0 and within ten years.
    """

    target: Target
    hours: Fraction | float
    counting: Counting

    def __post_init__(self) -> None:
        if not 0 < self.hours <= LONGEST_HOURS:
            raise BadPack(reason="hours", target=self.target.value, hours=float(self.hours))

    @property
    def length(self) -> timedelta:
        return timedelta(microseconds=round(self.hours * MICROSECONDS_AN_HOUR))


def due_at(opened_at: datetime, target: SlaTarget, calendar: BusinessCalendar) -> datetime:
    """Return, in UTC, the instant by which a promise made at ``opened_at`` must be kept.

    A BUSINESS target runs only while the calendar is open. Hours are real hours: the
    night the clocks change neither lengthens nor shortens a promise.

    Raises NaiveTimestamp if ``opened_at`` has no zone, and
    DoesNotApply(reason="never_open") if the calendar stays closed for 400 days.
    """
    return _later(opened_at, target.length, target.counting, calendar)


def warn_at(opened_at: datetime, due: datetime, fraction: float = 0.75) -> datetime:
    """Return, in UTC, the instant at which this part of the time up to ``due`` has gone by."""
    start = require_zone(opened_at)
    return start + (require_zone(due) - start) * fraction


def counted_between(
    start: datetime, end: datetime, counting: Counting, calendar: BusinessCalendar
) -> timedelta:
    """Return how much of the time from ``start`` to ``end`` counts; none if ``end`` is first."""
    begin, finish = require_zone(start), require_zone(end)
    if counting is Counting.ELAPSED:
        return max(finish - begin, timedelta())
    return _open_between(begin, finish, calendar)


def paused_due_at(
    due_at_before: datetime,
    paused_from: datetime,
    resumed_at: datetime,
    target: SlaTarget,
    calendar: BusinessCalendar,
) -> datetime:
    """Return, in UTC, the due instant after a pause: later by the time that would have counted.

    Raises DoesNotApply(reason="resumed_before_paused") if the pause ends before it starts.
    """
    if require_zone(resumed_at) < require_zone(paused_from):
        raise DoesNotApply(reason="resumed_before_paused")
    lost = counted_between(paused_from, resumed_at, target.counting, calendar)
    if not lost:
        return require_zone(due_at_before)
    return _later(due_at_before, lost, target.counting, calendar)


def _later(
    start: datetime, length: timedelta, counting: Counting, calendar: BusinessCalendar
) -> datetime:
    if counting is Counting.ELAPSED:
        return require_zone(start) + length
    remaining = length
    open_time = open_time_from(calendar, start)
    begin, closing = next(open_time)
    while remaining > closing - begin:
        remaining -= closing - begin
        begin, closing = next(open_time)
    return begin + remaining


def _open_between(begin: datetime, finish: datetime, calendar: BusinessCalendar) -> timedelta:
    counted = timedelta()
    first = begin.astimezone(calendar.zone).date() - timedelta(days=1)
    last = finish.astimezone(calendar.zone).date() + timedelta(days=1)
    for offset in range((last - first).days + 1):
        for opening, closing in calendar.open_spans_on(first + timedelta(days=offset)):
            counted += max(min(closing, finish) - max(opening, begin), timedelta())
    return counted
