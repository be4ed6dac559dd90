"""The offices of the city: what each does, when it is open, and how to reach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.hours import BusinessCalendar, Span, is_open_at, next_opening
from hark311.domain.texts import in_language
from hark311.government.queries import Organisation, contacts_of, organisation_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """When one counter of an office works. lines: as "Mon–Fri 7:00–19:00". opens: "" if open."""

    names: tuple[str, ...]
    lines: tuple[str, ...]
    is_open: bool
    opens: str


@dataclass(frozen=True, slots=True)
class Office:
    name: str
    contact: Mapping[str, str]
    hours: tuple[Hours, ...]


@open_to(Audience.PUBLIC)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    organisation = organisation_of(visitor.jurisdiction)
    contacts = contacts_of(visitor.jurisdiction)
    now = clock.now()
    offices = [
        Office(
            name=in_language(one.names, visitor.language),
            contact=contacts.get(one.id, {}),
            hours=_hours(one.id, organisation, visitor, now),
        )
        for one in organisation.departments.values()
    ]
    context = {
        "here": "answers",
        "offices": sorted(offices, key=lambda office: office.name.casefold()),
        "contact": visitor.jurisdiction.settings.get("contact", {}),
        "now": now,
    }
    return render(request, "web/directory.html", context)


def _hours(
    department_id: int, organisation: Organisation, visitor: Visitor, now: datetime
) -> tuple[Hours, ...]:
    """The office's hours; where its parts keep different ones, each with the names of its parts."""
    queues = sorted(
        (
            one
            for one in organisation.queues.values()
            if one.department_id == department_id and one.is_active
        ),
        key=lambda one: one.calendar_id,
    )
    found = []
    for calendar_id, members in groupby(queues, key=lambda one: one.calendar_id):
        calendar = organisation.hours_of(calendar_id, now)
        is_open = is_open_at(calendar, now)
        found.append(
            Hours(
                names=tuple(in_language(one.names, visitor.language) for one in members),
                lines=_lines(calendar),
                is_open=is_open,
                opens="" if is_open else _opens(calendar, now),
            )
        )
    return tuple(found)


def _lines(calendar: BusinessCalendar) -> tuple[str, ...]:
    """The week in as few lines as it needs: days in a row with the same hours are one."""
    lines = []
    days = [(day, tuple(calendar.week.get(day, ()))) for day in range(7)]
    for spans, members in groupby(days, key=lambda pair: pair[1]):
        if spans:
            run = [day for day, _spans in members]
            lines.append(f"{_run(run)} {', '.join(_span(span) for span in spans)}")
    return tuple(lines)


def _run(days: list[int]) -> str:
    if len(days) == 7:
        return _("Every day")
    first, last = str(WEEKDAYS_ABBR[days[0]]), str(WEEKDAYS_ABBR[days[-1]])
    return first if len(days) == 1 else f"{first}–{last}"


def _span(span: Span) -> str:
    if span.opens == 0 and span.closes >= _MIDNIGHT:
        return _("at all hours")
    return f"{_clock_words(span.opens)}–{_clock_words(span.closes)}"


def _clock_words(minute: int) -> str:
    at = datetime(2000, 1, 1) + timedelta(minutes=minute % _MIDNIGHT)  # noqa: DTZ001  # a time only
    return time_format(at.time(), "TIME_FORMAT")


def _opens(calendar: BusinessCalendar, now: datetime) -> str:
    at = next_opening(calendar, now).astimezone(calendar.zone)
    day = WEEKDAYS[at.weekday()] if at - now < timedelta(days=6) else date_format(at)
    return _("opens %(day)s, %(time)s") % {"day": day, "time": time_format(at.time())}
