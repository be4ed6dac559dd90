"""The calendar for other programs: iCalendar and Atom."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from hark311.domain.texts import in_language
from hark311.government.address import base_of
from hark311.government.face import jurisdiction_of
from hark311.government.models import Jurisdiction
from hark311.outreach.queries import MeetingRecord, coming_meetings, past_meetings
from hark311.platform import clock
from hark311.platform.views import Audience, open_to


@open_to(Audience.MACHINE)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All meetings of the last thirteen months and those to come, as one calendar (RFC 5545)."""
    jurisdiction = jurisdiction_of(request)
    made = Calendar()
    made.add("prodid", "-//Hark311//meetings//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _title(jurisdiction))
    for one in _listed(jurisdiction):
        made.add_component(_event(one, jurisdiction))
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


@open_to(Audience.MACHINE)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same as Atom, what changed last first."""
    jurisdiction = jurisdiction_of(request)
    base = base_of(jurisdiction)
    made = Atom1Feed(
        title=_title(jurisdiction),
        link=f"{base}{reverse('events:events')}",
        description="",
        feed_url=f"{base}{request.path}",
        feed_guid=f"{base}{request.path}",
    )
    listed = sorted(_listed(jurisdiction), key=lambda one: one.updated_at, reverse=True)
    for one in listed:
        made.add_item(
            title=one.title,
            link=_page(one, base),
            unique_id=_page(one, base),
            description=" · ".join(part for part in (_when(one), one.place, one.about) if part),
            updateddate=one.updated_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")


def _listed(jurisdiction: Jurisdiction) -> tuple[MeetingRecord, ...]:
    now = clock.now()
    return coming_meetings(jurisdiction.pk, now=now) + past_meetings(jurisdiction.pk, now=now)


def _event(one: MeetingRecord, jurisdiction: Jurisdiction) -> Event:
    base = base_of(jurisdiction)
    made = Event()
    made.add("uid", _page(one, base))
    made.add("dtstamp", one.updated_at)
    made.add("dtstart", one.starts_at)
    made.add("dtend", one.ends_at)
    made.add("summary", one.title)
    made.add("url", _page(one, base))
    made.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    for name, words in (("location", one.place), ("description", one.about)):
        if words:
            made.add(name, words)
    return made


def _page(one: MeetingRecord, base: str) -> str:
    return f"{base}{reverse('events:event', args=[one.meeting_id])}"


def _when(one: MeetingRecord) -> str:
    at: datetime = one.starts_at
    return at.isoformat(timespec="minutes")


def _title(jurisdiction: Jurisdiction) -> str:
    name = in_language(jurisdiction.names, "en") or jurisdiction.key
    return _("%(city)s 311: meetings") % {"city": name}
