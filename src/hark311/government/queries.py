"""Reads governments and how they are organised into frozen records, kept per loaded pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from hark311.domain.errors import NotFound, UnknownJurisdiction
from hark311.domain.hours import BusinessCalendar, Span
from hark311.government.models import Calendar, Department, Jurisdiction, Queue
from hark311.platform import planned

# Holidays are worked out for this many years on either side of the year asked about.
HOLIDAY_YEARS = 2
# Whoever writes a row makes another version of it, in another place or transaction.
_STAND = "SELECT id, xmin::text, ctid::text FROM government_jurisdiction ORDER BY id"


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    id: int
    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QueueRecord:
    id: int
    code: str
    names: Mapping[str, str]
    department_id: int
    calendar_id: int
    escalates_to_id: int | None
    is_fallback: bool
    is_sensitive: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    id: int
    code: str
    week: Mapping[int, tuple[Span, ...]]
    country: str
    subdivision: str
    extra_closed_on: frozenset[date]
    open_anyway: frozenset[date]


@dataclass(frozen=True, slots=True)
class Organisation:
    """The departments, queues and calendars of one jurisdiction, as of one load of its pack."""

    jurisdiction_id: int
    zone: ZoneInfo
    departments: Mapping[int, DepartmentRecord]
    queues: Mapping[int, QueueRecord]
    calendars: Mapping[int, CalendarRecord]

    @property
    def fallback_queue(self) -> QueueRecord:
        """The queue for whatever no rule and no service sends elsewhere.

        Raises NotFound if the pack names none, which the checker refuses.
        """
        for queue in self.queues.values():
            if queue.is_fallback:
                return queue
        raise NotFound(what="fallback_queue")

    def queue_by_code(self, code: str) -> QueueRecord:
        """Raises NotFound if there is no such queue."""
        for queue in self.queues.values():
            if queue.code == code:
                return queue
        raise NotFound(what="queue", code=code)

    def department_of(self, queue_id: int) -> DepartmentRecord:
        return self.departments[self.queues[queue_id].department_id]

    def calendar_by_code(self, code: str) -> CalendarRecord:
        """Raises NotFound if there is no such calendar."""
        for calendar in self.calendars.values():
            if calendar.code == code:
                return calendar
        raise NotFound(what="calendar", code=code)

    def hours_of(self, calendar_id: int, around: datetime) -> BusinessCalendar:
        """The opening hours of a calendar with the holidays of the years around an instant."""
        return _hours(self.calendars[calendar_id], self.zone, around.year)


def jurisdiction_for_host(host: str) -> Jurisdiction:
    """The jurisdiction that answers at ``host`` (no port), else the default one.

    Raises UnknownJurisdiction if none is loaded.
    """
    rows = _jurisdictions()
    for row in rows:
        if host.lower() in row.hosts:
            return row
    if not rows:
        raise UnknownJurisdiction(reason="none_loaded")
    return rows[0]


def jurisdiction_by_key(key: str) -> Jurisdiction:
    """Raises UnknownJurisdiction if this deployment does not answer for it."""
    row = next((row for row in _jurisdictions() if row.key == key), None)
    if row is None:
        raise UnknownJurisdiction(key=key[:80])
    return row


def jurisdiction_by_id(jurisdiction_id: int) -> Jurisdiction:
    """Raises UnknownJurisdiction if there is none."""
    row = next((row for row in _jurisdictions() if row.pk == jurisdiction_id), None)
    if row is None:
        raise UnknownJurisdiction(key=str(jurisdiction_id))
    return row


def _jurisdictions() -> tuple[Jurisdiction, ...]:
    """All of them, the default one first; to be read, never changed: requests share them.

    One short statement asks whether they still stand as this process has read them.
    """
    return _jurisdictions_as_of(tuple(planned.fetch(_STAND)))


@lru_cache(maxsize=4)
def _jurisdictions_as_of(_stand: tuple[tuple[int, str, str], ...]) -> tuple[Jurisdiction, ...]:
    return tuple(Jurisdiction.objects.order_by("-is_default", "id"))


def organisation_of(jurisdiction: Jurisdiction) -> Organisation:
    """The organisation; read once per load of the pack and process (four queries), then kept."""
    return _organisation(jurisdiction.pk, jurisdiction.zone, jurisdiction.pack_digest)


def contacts_of(jurisdiction: Jurisdiction) -> Mapping[int, Mapping[str, str]]:
    """How the public reaches each department, by its id; one statement."""
    rows = Department.objects.filter(jurisdiction=jurisdiction, is_active=True)
    return {
        pk: {name: str(said) for name, said in contact.items() if said}
        for pk, contact in rows.values_list("pk", "contact")
    }


@lru_cache(maxsize=64)
def _organisation(jurisdiction_id: int, zone: str, pack_digest: str) -> Organisation:
    return Organisation(
        jurisdiction_id=jurisdiction_id,
        zone=ZoneInfo(zone),
        departments={
            row.pk: DepartmentRecord(row.pk, row.code, row.names)
            for row in Department.objects.filter(jurisdiction_id=jurisdiction_id)
        },
        queues={
            row.pk: QueueRecord(
                id=row.pk,
                code=row.code,
                names=row.names,
                department_id=row.department_id,
                calendar_id=row.calendar_id,
                escalates_to_id=row.escalates_to_id,
                is_fallback=row.is_fallback,
                is_sensitive=row.is_sensitive,
                is_active=row.is_active,
            )
            for row in Queue.objects.filter(jurisdiction_id=jurisdiction_id)
        },
        calendars={
            row.pk: CalendarRecord(
                id=row.pk,
                code=row.code,
                week={
                    int(day): tuple(Span(opens, closes) for opens, closes in spans)
                    for day, spans in row.week.items()
                },
                country=row.holiday_country,
                subdivision=row.holiday_subdivision,
                extra_closed_on=frozenset(map(date.fromisoformat, row.extra_closed_on)),
                open_anyway=frozenset(map(date.fromisoformat, row.open_anyway)),
            )
            for row in Calendar.objects.filter(jurisdiction_id=jurisdiction_id)
        },
    )


def _hours(calendar: CalendarRecord, zone: ZoneInfo, year: int) -> BusinessCalendar:
    closed = set(calendar.extra_closed_on)
    if calendar.country:
        closed |= _public_holidays(calendar.country, calendar.subdivision, year)
    return BusinessCalendar(
        zone=zone, week=calendar.week, closed_on=frozenset(closed - calendar.open_anyway)
    )


@lru_cache(maxsize=256)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    years = range(year - HOLIDAY_YEARS, year + HOLIDAY_YEARS + 1)
    return frozenset(
        holidays.country_holidays(country, subdiv=subdivision or None, years=years).keys()
    )
