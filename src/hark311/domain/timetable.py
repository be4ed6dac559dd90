"""The open time of one calendar over some years, laid out once, for very many look-ups.

Gives what ``domain.promises`` gives day by day, within the years it was laid out for.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

from hark311.domain.errors import DoesNotApply
from hark311.domain.hours import BusinessCalendar, require_zone
from hark311.domain.promises import SlaTarget
from hark311.domain.vocabulary import Counting


class Timetable:
    """Look-ups cost a few microseconds, however far away the answer is.

    first, last: the local days laid out, both included. What lies outside counts as closed.
    """

    def __init__(self, calendar: BusinessCalendar, first: date, last: date) -> None:
        spans = list(_spans(calendar, first, last))
        if not spans:
            raise DoesNotApply(reason="never_open")
        self._openings = [opening for opening, _closing in spans]
        self._closings = [closing for _opening, closing in spans]
        lengths = (closing - opening for opening, closing in spans)
        # How much open time has gone by when each span begins.
        self._before = list(accumulate(lengths, initial=timedelta()))

    def due_at(self, start: datetime, target: SlaTarget) -> datetime:
        """When a promise made at ``start`` falls due, in UTC.

        Raises DoesNotApply(reason="never_open") if that lies behind the last day.
        """
        return self.later(start, target.length, target.counting)

    def later(self, start: datetime, length: timedelta, counting: Counting) -> datetime:
        """``start`` and so much time that counts, in UTC."""
        if counting is Counting.ELAPSED:
            return require_zone(start) + length
        wanted = self._gone_by(start) + length
        # A length that ends with a span ends there, not when the next one begins.
        index = bisect_right(self._before, wanted) - 1
        if index and self._before[index] == wanted:
            index -= 1
        if index >= len(self._openings):
            raise DoesNotApply(reason="never_open")
        return self._openings[index] + (wanted - self._before[index])

    def counted(self, start: datetime, end: datetime, counting: Counting) -> timedelta:
        """How much of the time from ``start`` to ``end`` counts; none if ``end`` is first."""
        if counting is Counting.ELAPSED:
            return max(end - start, timedelta())
        return max(self._gone_by(end) - self._gone_by(start), timedelta())

    def opening_from(self, at: datetime) -> datetime:
        """The first open instant from ``at`` on, ``at`` itself while open.

        Raises DoesNotApply(reason="never_open") if that lies behind the last day.
        """
        index = bisect_right(self._closings, at)
        if index == len(self._openings):
            raise DoesNotApply(reason="never_open")
        return max(at, self._openings[index])

    def _gone_by(self, at: datetime) -> timedelta:
        index = bisect_right(self._openings, at) - 1
        if index < 0:
            return timedelta()
        return self._before[index] + (min(at, self._closings[index]) - self._openings[index])


def _spans(
    calendar: BusinessCalendar, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    for offset in range((last - first).days + 1):
        yield from calendar.open_spans_on(first + timedelta(days=offset))
