"""The calendar of meetings for everybody, and what became of what was told there."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hark311.channels.outreach.told import became
from hark311.domain.errors import Unavailable
from hark311.domain.texts import in_language
from hark311.government.face import jurisdiction_of
from hark311.government.models import Jurisdiction
from hark311.outreach.queries import coming_meetings, past_meetings
from hark311.outreach.queries import meeting as meeting_of
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.platform.languages import direction
from hark311.platform.paper import NoPress, pdf_of
from hark311.platform.views import Audience, open_to

_PAST_SHOWN = 20


@open_to(Audience.PUBLIC)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What comes and what was, the next first."""
    jurisdiction, now = _here(request), clock.now()
    context = {
        "here": "events",
        "coming": coming_meetings(jurisdiction.pk, now=now),
        "past": past_meetings(jurisdiction.pk, now=now)[:_PAST_SHOWN],
    }
    return render(request, "events/events.html", context)


@open_to(Audience.PUBLIC)
@require_safe
def event(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting, and what became of what its area told. Raises NotFound."""
    return render(request, "events/event.html", _facts(_here(request), meeting_id))


@open_to(Audience.PUBLIC)
@require_safe
def paper(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The same for the next meeting, on paper. Raises NotFound, and Unavailable without a press."""
    jurisdiction = _here(request)
    language = get_language() or "en"
    facts = {
        **_facts(jurisdiction, meeting_id),
        "city_name": in_language(jurisdiction.names, language) or jurisdiction.key,
        "language": language,
        "direction": direction(language),
    }
    try:
        printed = pdf_of(render_to_string("events/paper.html", facts))
    except NoPress as missing:
        raise Unavailable(what="press") from missing
    response = HttpResponse(printed, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="meeting-{meeting_id}.pdf"'
    return response


def _here(request: HttpRequest) -> Jurisdiction:
    """The city, whose clock all times are shown by."""
    jurisdiction = jurisdiction_of(request)
    timezone.activate(ZoneInfo(jurisdiction.zone))
    return jurisdiction


def _facts(jurisdiction: Jurisdiction, meeting_id: int) -> dict[str, object]:
    record, now = meeting_of(jurisdiction.pk, meeting_id), clock.now()
    area = areas_of(jurisdiction).by_key(record.area) if record.area else None
    return {
        "here": "events",
        "record": record,
        "area": in_language(area.names, get_language() or "en") if area else "",
        "became": became(jurisdiction, record, now=now),
        "now": now,
    }
