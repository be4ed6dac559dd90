"""The call desk: who waits on which line, and how well the lines are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.policy import Permission
from hark311.console.call_phone import spoken_here
from hark311.console.call_views import local_now
from hark311.console.desk import Desk, staff_page
from hark311.console.taking import service_named
from hark311.contacts.call_queries import (
    WaitingCall,
    call_of_draft,
    waiting_call,
    waiting_calls,
    wallboard,
)
from hark311.contacts.calls import add_interpreter, note_after_code, take_call
from hark311.domain.conversation_kept import talk_of
from hark311.domain.errors import Conflict, NotFound
from hark311.domain.texts import in_language
from hark311.intake.conversing import content_of
from hark311.platform.languages import OWN_NAMES

_RING = "console_ring"
_LONGEST_RING = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in line as the page shows them. about: the service that they chose, if any."""

    id: int
    reference: str
    line: str
    language: str
    about: str
    is_relay: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class LineSum:
    """How many wait on a line in a language, and the longest of them since when."""

    line: str
    language: str
    count: int
    since: datetime


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def lines(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everybody in line, the longest wait first, and the figures of today."""
    now = local_now(desk)
    found = [_shown(one, desk) for one in waiting_calls(desk.actor.jurisdiction_id)]
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "desk": desk,
        "here": "desk",
        "waiting": found,
        "sums": _sums(found),
        "board": wallboard(desk.actor.jurisdiction_id, since=today, at=now),
        "ring": request.session.get(_RING, ""),
    }
    return render(request, "console/call_lines.html", context)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def take(request: HttpRequest, desk: Desk, call_id: int) -> HttpResponse:
    """Take a call: what the menus learned stands in its page at once."""
    ring = request.POST.get("ring", "").strip()[:_LONGEST_RING]
    request.session[_RING] = ring
    waiting = waiting_call(call_id, desk.actor.jurisdiction_id)
    try:
        draft = take_call(
            call_id, _learned(waiting), actor=desk.actor, ring=ring, at=local_now(desk)
        )
    except Conflict:
        messages.warning(request, _("Somebody else took this call, or the caller hung up."))
        return HttpResponseRedirect(reverse("console:lines"))
    return HttpResponseRedirect(reverse("console:call", args=[draft.pk]))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def interpreter(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Note in one step that an interpreter joined."""
    language = request.POST.get("interpreter", "")
    if language in spoken_here(desk):
        call_id = _call_id(draft_id, desk)
        add_interpreter(call_id, language, actor=desk.actor, at=local_now(desk))
        messages.success(request, _("The interpreter is in the log."))
    return HttpResponseRedirect(reverse("console:call", args=[draft_id]))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def after(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Keep what the call was about, after it."""
    code = request.POST.get("after", "").strip()
    note_after_code(_call_id(draft_id, desk), code, actor=desk.actor)
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("console:call_done", args=[draft_id]))


def _call_id(draft_id: int, desk: Desk) -> int:
    call = call_of_draft(draft_id, desk.actor.jurisdiction_id)
    if call is None:
        raise NotFound(what="call")
    return call.pk


def _learned(waiting: WaitingCall) -> Mapping[str, Any]:
    """What the caller told the menus, as a draft holds it."""
    talk = waiting.state.get("talk")
    told = _("Told in a recording.")
    found = content_of(talk_of(talk), sender=waiting.caller, recorded=told) if talk else None
    return found or {"contact": {"phone": waiting.caller, "wants_updates": True}}


def _shown(one: WaitingCall, desk: Desk) -> Waiting:
    told = one.state.get("talk") or {}
    service = service_named(str(told.get("topic") or ""), desk)
    return Waiting(
        id=one.id,
        reference=one.reference,
        line=_line_name(one.line, desk),
        language=OWN_NAMES.get(one.language.lower(), one.language),
        about=in_language(service.names, desk.names.language) if service else "",
        is_relay=one.is_relay,
        since=one.waiting_since,
    )


def _line_name(code: str, desk: Desk) -> str:
    told = desk.jurisdiction.settings.get("phone") or {}
    for line in told.get("lines", ()):
        if line["code"] == code:
            return in_language(line["names"], desk.names.language) or _("Agents")
    return _("Agents")


def _sums(found: list[Waiting]) -> list[LineSum]:
    sums: dict[tuple[str, str], LineSum] = {}
    for one in found:
        known = sums.get((one.line, one.language))
        count, since = (known.count, known.since) if known else (0, one.since)
        sums[one.line, one.language] = LineSum(
            one.line, one.language, count + 1, min(since, one.since)
        )
    return list(sums.values())
