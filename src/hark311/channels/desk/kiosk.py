"""The kiosk in the hall: a language, a need, a ticket. By touch, by keyboard, without a script."""

from datetime import datetime
from hashlib import sha256
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from hark311.access.links import LinkKind, require_opens, token_for
from hark311.contacts.actions import Touch
from hark311.contacts.ticket_queries import place_of
from hark311.contacts.ticket_words import NEEDS
from hark311.contacts.tickets import take_ticket
from hark311.domain.errors import KeyReused
from hark311.domain.tickets import Need
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.face import jurisdiction_of
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.languages import OWN_NAMES
from hark311.platform.views import Audience, open_to

_HERE = "hark311_kiosk"


def kiosk_token(jurisdiction: Jurisdiction) -> str:
    """What makes a browser the kiosk of this city; staff open it there once."""
    return token_for(LinkKind.KIOSK, jurisdiction.pk)


def local_now(jurisdiction: Jurisdiction) -> datetime:
    return clock.now().astimezone(ZoneInfo(jurisdiction.zone))


@open_to(Audience.MACHINE)
@require_safe
def open_kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """Make this browser a kiosk. Raises LinkExpired for a link that is not ours."""
    jurisdiction = jurisdiction_of(request)
    require_opens(LinkKind.KIOSK, jurisdiction.pk, token)
    request.session[_HERE] = jurisdiction.pk
    request.session.set_expiry(365 * 24 * 3600)
    return redirect("kiosk:begin")


@open_to(Audience.PUBLIC)
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Which language; elsewhere than at the kiosk, what to do instead."""
    context = {"here": "kiosk", "is_kiosk": _is_kiosk(request)}
    return render(request, "kiosk/begin.html", context)


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    """What somebody comes for, and whether an interpreter is wanted; then a ticket."""
    if not _is_kiosk(request):
        return redirect("kiosk:begin")
    wanted = request.POST.get("need", "")
    if request.method == "POST" and wanted in set(Need):
        return _give(request, Need(wanted))
    context = {
        "here": "kiosk",
        "needs": [(one.value, words) for one, words in NEEDS.items()],
        "spoken": [(code, name) for code, name in OWN_NAMES.items() if code != "en"],
        "key": uuid4().hex,
        "is_missing": request.method == "POST",
        "chosen": request.POST.get("interpreter", ""),
    }
    return render(request, "kiosk/need.html", context, status=422 if context["is_missing"] else 200)


@open_to(Audience.PUBLIC)
@require_safe
def ticket(request: HttpRequest, ticket_id: int, token: str) -> HttpResponse:
    """The ticket, to be printed or read; its address may be kept, and says whose turn it is."""
    require_opens(LinkKind.TICKET, ticket_id, token)
    jurisdiction = jurisdiction_of(request)
    place = place_of(ticket_id, jurisdiction.pk, at=local_now(jurisdiction))
    context = {
        "here": "kiosk",
        "place": place,
        "minutes": max(1, round(place.wait.total_seconds() / 60)),
        "interpreter": OWN_NAMES.get(place.interpreter, ""),
        "is_kiosk": _is_kiosk(request),
    }
    response = render(request, "kiosk/ticket.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _give(request: HttpRequest, wanted: Need) -> HttpResponse:
    jurisdiction = jurisdiction_of(request)
    interpreter = request.POST.get("interpreter", "")
    key = request.POST.get("key", "")[:60] or uuid4().hex
    said = f"{wanted.value}:{interpreter}"
    touch = Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=Channel.DESK,
        kind=InteractionKind.INQUIRY,
        language=interpreter if interpreter in OWN_NAMES else get_language() or "en",
        at=local_now(jurisdiction),
        source_key=f"ticket:{key}",
        body_digest=sha256(said.encode()).hexdigest(),
    )
    try:
        taken = take_ticket(
            touch, wanted, interpreter=interpreter if interpreter in OWN_NAMES else ""
        )
    except KeyReused:
        # Back, and something else chosen: a ticket of its own.
        return HttpResponseRedirect(reverse("kiosk:need"))
    token = token_for(LinkKind.TICKET, taken.pk)
    return HttpResponseRedirect(reverse("kiosk:ticket", args=[taken.pk, token]))


def _is_kiosk(request: HttpRequest) -> bool:
    """True in the browser that staff made the kiosk, and in every one of a demonstration."""
    return settings.DEMO or request.session.get(_HERE) == jurisdiction_of(request).pk
