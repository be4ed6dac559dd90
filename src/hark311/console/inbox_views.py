"""The one inbox: drafts to confirm, messages to see to, and who is about to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_inbox import LAST_PAGE, InboxFilter, inbox_page
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.desk import Desk, staff_page
from hark311.console.wording import CHANNELS
from hark311.contacts.claims import (
    attach_message,
    claim_message,
    handle_message,
    release_message,
)
from hark311.contacts.drafts import claim_draft, release_draft
from hark311.contacts.mentions import mention_of_draft
from hark311.contacts.queries import draft_to_confirm, message_case_number
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import parse_number
from hark311.domain.vocabulary import Channel, DiscardReason
from hark311.platform import clock
from hark311.platform.languages import OWN_NAMES
from hark311.privacy.text import mask_text

_KINDS = frozenset({"draft", "message"})
_HELD = frozenset({"me", "nobody"})


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def inbox(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for a person, without messages about cases that the reader may not know of."""
    wanted = filter_from(request.GET)
    context = {
        "desk": desk,
        "here": "inbox",
        "page": inbox_page(desk.actor, wanted, now=clock.now()),
        "wanted": wanted,
        "channels": [(one.value, name) for one, name in CHANNELS.items()],
        "languages_spoken": _spoken(desk),
        "is_narrowed": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "console/inbox.html", context)


def filter_from(query: QueryDict) -> InboxFilter:
    """What the address asks for; what it does not spell rightly is as if not asked."""
    kind, channel, language, held, page = (
        query.get(name, "") for name in ("kind", "channel", "language", "with", "page")
    )
    return InboxFilter(
        kind=kind if kind in _KINDS else "",
        channel=channel if channel in set(Channel) else "",
        language=language if language in OWN_NAMES else "",
        held_by=held if held in _HELD else "",
        page=min(int(page), LAST_PAGE) if page.isdecimal() and len(page) < 5 else 1,
    )


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def draft(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """A draft before it is taken: masked, with who holds it. Who holds it goes on to the form."""
    waiting = draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=clock.now())
    if waiting.holder_id == desk.actor.account_id:
        return HttpResponseRedirect(reverse("console:call", args=[draft_id]))
    context = {
        "desk": desk,
        "here": "inbox",
        "draft": waiting,
        "text": mask_text(str(waiting.content.get("description", ""))),
        "discard_reasons": list(DiscardReason),
        "mention": mention_of_draft(draft_id, desk.actor.jurisdiction_id),
    }
    return render(request, "console/draft.html", context)


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def claim(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Take a draft on oneself."""
    claim_draft(draft_id, actor=desk.actor, at=clock.now())
    return HttpResponseRedirect(reverse("console:call", args=[draft_id]))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def release(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Give a draft back to everybody."""
    release_draft(draft_id, actor=desk.actor, at=clock.now())
    return HttpResponseRedirect(reverse("console:inbox"))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def handle(request: HttpRequest, desk: Desk, message_id: int) -> HttpResponse:
    """Take a message out of the inbox. Raises NotFound for one that the reader may not know of."""
    _require_known(message_id, desk)
    handle_message(message_id, actor=desk.actor, at=clock.now())
    messages.success(request, _("Seen to."))
    return _back()


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def claim_words(request: HttpRequest, desk: Desk, message_id: int) -> HttpResponse:
    """Take a message on oneself. Raises NotFound as ``handle``."""
    _require_known(message_id, desk)
    claim_message(message_id, actor=desk.actor, at=clock.now())
    return _back(message_id)


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def release_words(request: HttpRequest, desk: Desk, message_id: int) -> HttpResponse:
    """Give a message back to everybody. Raises NotFound as ``handle``."""
    _require_known(message_id, desk)
    release_message(message_id, actor=desk.actor, at=clock.now())
    return _back()


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def attach(request: HttpRequest, desk: Desk, message_id: int) -> HttpResponse:
    """Say which case a message is about; what is no number of a known case is told so."""
    _require_known(message_id, desk)
    number = _known_number(request.POST.get("number", ""), desk)
    if not number:
        messages.error(request, _("No case has this number. Check the digits."))
        return _back(message_id)
    attach_message(message_id, number, actor=desk.actor, at=clock.now())
    messages.success(request, _("The message is with case %(number)s now.") % {"number": number})
    return _back(message_id)


def _require_known(message_id: int, desk: Desk) -> None:
    number = message_case_number(message_id, desk.actor.jurisdiction_id)
    if number and number not in known_numbers([number], desk.actor):
        raise NotFound(what="message")


def _known_number(words: str, desk: Desk) -> str:
    try:
        number = parse_number(words[:30])
    except BadNumber:
        return ""
    return number if known_numbers([number], desk.actor) else ""


def _spoken(desk: Desk) -> list[tuple[str, str]]:
    codes = [str(one["code"]) for one in desk.jurisdiction.languages]
    return [(code, OWN_NAMES.get(code.lower(), code)) for code in codes]


def _back(message_id: int | None = None) -> HttpResponse:
    here = reverse("console:inbox")
    return HttpResponseRedirect(f"{here}#m{message_id}" if message_id else here)
