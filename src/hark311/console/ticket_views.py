"""The desk where people walk in: call the next, begin what they came for, note who did not come."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.links import LinkKind, token_for
from hark311.access.policy import Permission
from hark311.console.desk import Desk, staff_page
from hark311.contacts.ticket_queries import line_of
from hark311.contacts.ticket_words import NEEDS
from hark311.contacts.tickets import call_next, finish_own, miss_ticket, serve_ticket
from hark311.domain.errors import Conflict, NotFound
from hark311.domain.tickets import Need
from hark311.platform import clock

_COUNTER = "hark311_counter"


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def tickets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who waits, for what and how long; and whom the reader has called."""
    now = _now(desk)
    line = line_of(desk.actor.jurisdiction_id, now.date(), at=now, account_id=desk.actor.account_id)
    token = token_for(LinkKind.KIOSK, desk.actor.jurisdiction_id)
    context = {
        "desk": desk,
        "here": "tickets",
        "line": line,
        "counter": request.session.get(_COUNTER, "1"),
        "needs": [(need.value, words) for need, words in NEEDS.items()],
        "kiosk": request.build_absolute_uri(reverse("kiosk:open", args=[token])),
    }
    return render(request, "console/tickets.html", context)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def call(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Call the next to the counter that is named; the one before is done."""
    counter = request.POST.get("counter", "").strip()[:20] or "1"
    request.session[_COUNTER] = counter
    wanted = request.POST.get("need", "")
    need = Need(wanted) if wanted in set(Need) else None
    try:
        call_next(counter, actor=desk.actor, at=_now(desk), need=need)
    except NotFound:
        messages.info(request, _("Nobody waits for that now."))
    return _back()


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def serve(request: HttpRequest, desk: Desk, ticket_id: int) -> HttpResponse:
    """Begin what they came for, on the page that takes a call. Raises NotFound."""
    try:
        draft = serve_ticket(ticket_id, actor=desk.actor, at=_now(desk))
    except Conflict:
        return _over(request)
    return HttpResponseRedirect(reverse("console:call", args=[draft.pk]))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def miss(request: HttpRequest, desk: Desk, ticket_id: int) -> HttpResponse:
    """Note that nobody came. Raises NotFound."""
    try:
        miss_ticket(ticket_id, actor=desk.actor, at=_now(desk))
    except Conflict:
        return _over(request)
    return _back()


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def finish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Note that the reader is done with whom they called, and calls nobody now."""
    finish_own(actor=desk.actor, at=_now(desk))
    return _back()


def _now(desk: Desk) -> datetime:
    return clock.now().astimezone(ZoneInfo(desk.jurisdiction.zone))


def _over(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This ticket is over, or a colleague has it."))
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("console:tickets"))
