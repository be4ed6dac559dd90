"""How a call goes on elsewhere or ends without a case: hand-over, answer, back to the inbox."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hark311.access.policy import Permission
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.call_page import ENDINGS
from hark311.console.call_views import keep, local_now
from hark311.console.desk import Desk, staff_page
from hark311.contacts.calls import hand_on
from hark311.contacts.desk import HOTLINES, end_without_case, hand_over_in
from hark311.contacts.drafts import discard_draft, keep_draft, release_draft
from hark311.contacts.queries import draft_to_confirm
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import parse_number
from hark311.domain.vocabulary import DiscardReason, InteractionKind
from hark311.government.face import hotlines_of
from hark311.language.readers import hazard_of


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def hand_over(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Log that the caller was handed over; the call goes on, and its danger is asked about."""
    now = local_now(desk)
    to, name = _place(request, desk)
    waiting = keep(
        request, desk, draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=now), now
    )
    hand_over_in(draft_id, to, actor=desk.actor, at=now)
    if to == name:
        # A line that can be dialled; a department is reached by its own.
        hand_on(draft_id, to, actor=desk.actor)
    heard = hazard_of(str(waiting.content.get("description", "")), waiting.language)
    keep_draft(
        draft_id,
        {**waiting.content, "danger": heard.kind},
        channel=waiting.channel,
        language=waiting.language,
        actor=desk.actor,
        at=now,
    )
    said = _("Handed over to %(line)s. It is in the log as %(number)s.")
    messages.success(request, said % {"line": name, "number": waiting.reference})
    return HttpResponseRedirect(reverse("console:call", args=[draft_id]))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def end(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """End a call that needs no case: it is logged, counted, and over."""
    now = local_now(desk)
    waiting = keep(
        request, desk, draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=now), now
    )
    wanted = request.POST.get("kind", "")
    kind = InteractionKind(wanted) if wanted in ENDINGS else InteractionKind.INQUIRY
    content = waiting.content
    said = [str(content.get(name, "")).strip() for name in ("description", "notes")]
    about = _about(request.POST.get("about", ""), desk)
    notes = "\n".join(part for part in said if part)
    end_without_case(draft_id, kind, notes, actor=desk.actor, at=now, about=about)
    messages.success(request, _("Logged as %(number)s.") % {"number": waiting.reference})
    return HttpResponseRedirect(reverse("console:desk"))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def put_back(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Leave what is typed in the inbox, where any colleague may go on with it."""
    now = local_now(desk)
    keep(request, desk, draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=now), now)
    release_draft(draft_id, actor=desk.actor, at=now)
    messages.success(request, _("It waits in the inbox."))
    return HttpResponseRedirect(reverse("console:desk"))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def discard(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Put a draft away, and say why: it is no matter for the city."""
    wanted = request.POST.get("reason", "")
    reason = DiscardReason(wanted) if wanted in set(DiscardReason) else DiscardReason.NOT_FOR_US
    discard_draft(draft_id, reason, actor=desk.actor, at=local_now(desk))
    messages.success(request, _("Put away."))
    back = "console:desk" if request.POST.get("from") == "desk" else "console:inbox"
    return HttpResponseRedirect(reverse(back))


def _place(request: HttpRequest, desk: Desk) -> tuple[str, str]:
    """Code and name of where the caller is handed over to. Raises NotFound."""
    line = request.POST.get("line", "")
    if line:
        known = {*HOTLINES, *(one.number for one in hotlines_of(desk.jurisdiction, "en"))}
        if line not in known:
            raise NotFound(what="line")
        return line, line
    wanted = request.POST.get("department", "")
    for one in desk.names.organisation.departments.values():
        if one.code == wanted:
            return wanted, desk.names.department(one.id)
    raise NotFound(what="department")


def _about(words: str, desk: Desk) -> str:
    """The number of the case that a caller asked about, "" if none that the agent may know of."""
    try:
        number = parse_number(words)
    except BadNumber:
        return ""
    return number if known_numbers([number], desk.actor) else ""
