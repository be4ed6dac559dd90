"""The screen in the hall: who is called where, and how long the others wait."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.channels.desk.kiosk import local_now
from hark311.contacts.ticket_queries import line_of
from hark311.contacts.tickets import tickets_topic
from hark311.government.face import jurisdiction_of
from hark311.platform.live import sign_topics
from hark311.platform.place import live_address
from hark311.platform.views import Audience, open_to


@open_to(Audience.PUBLIC)
@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """Numbers and desks, and nothing of who anybody is; it looks again by itself."""
    jurisdiction = jurisdiction_of(request)
    now = local_now(jurisdiction)
    line = line_of(jurisdiction.pk, now.date(), at=now)
    waiting = [
        (one.label, max(1, round(one.wait.total_seconds() / 60))) for one in line.waiting[:8]
    ]
    context = {"here": "kiosk", "called": line.called, "waiting": waiting, "now": now}
    response = render(request, "kiosk/screen.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@open_to(Audience.PUBLIC)
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Where to listen for calls, and the signature for it."""
    topic = tickets_topic(jurisdiction_of(request).pk)
    address = f"{live_address(request)}/live/stream"
    return JsonResponse({"at": address, "topics": sign_topics([topic], person="")})
