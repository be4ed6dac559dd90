"""The one inbox: drafts to confirm, messages to see to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.desk import Desk, staff_page
from hark311.console.intake_form import IntakeForm
from hark311.console.new_views import to_receipt
from hark311.console.taking import Page, service_named, show, take
from hark311.contacts.actions import claim_draft, finish_draft, handle_message
from hark311.contacts.queries import (
    DraftToConfirm,
    draft_to_confirm,
    message_case_number,
    unhandled_messages,
    waiting_drafts,
)
from hark311.domain.draft import Receipt
from hark311.domain.errors import NotFound
from hark311.intake.confirm import confirm_draft
from hark311.platform import clock


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def inbox(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for a person, without messages about cases that the reader may not know of."""
    found = unhandled_messages(desk.actor.jurisdiction_id)
    known = known_numbers({one.case_number for one in found if one.case_number}, desk.actor)
    context = {
        "desk": desk,
        "here": "inbox",
        "drafts": waiting_drafts(desk.actor.jurisdiction_id),
        "waiting": [
            (one, known.get(one.case_number))
            for one in found
            if not one.case_number or one.case_number in known
        ],
    }
    return render(request, "console/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE_INBOX)
def draft(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """A draft as a form, and making a case of it."""
    waiting = draft_to_confirm(draft_id, desk.actor.jurisdiction_id)
    is_mine = waiting.holder_id == desk.actor.account_id
    page = Page("console/draft.html", {"here": "inbox", "draft": waiting, "is_mine": is_mine})
    if request.method != "POST":
        service = service_named(str(waiting.content.get("service_code", "")), desk)
        form = IntakeForm(desk, service, initial=_first_values(waiting))
        return show(request, desk, page, form)
    answer = take(request, desk, page, lambda read: confirm_draft(draft_id, read, actor=desk.actor))
    return to_receipt(request, desk, answer) if isinstance(answer, Receipt) else answer


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def claim(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Take a draft on oneself."""
    claim_draft(draft_id, actor=desk.actor, at=clock.now())
    return HttpResponseRedirect(reverse("console:draft", args=[draft_id]))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def release(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Give a draft back to everybody."""
    finish_draft(draft_id, "open", actor=desk.actor)
    return HttpResponseRedirect(reverse("console:inbox"))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def discard(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Put a draft away: it is no matter for the city."""
    finish_draft(draft_id, "discarded", actor=desk.actor)
    messages.success(request, _("Put away."))
    return HttpResponseRedirect(reverse("console:inbox"))


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def handle(request: HttpRequest, desk: Desk, message_id: int) -> HttpResponse:
    """Take a message out of the inbox. Raises NotFound for one that the reader may not know of."""
    number = message_case_number(message_id, desk.actor.jurisdiction_id)
    if number and number not in known_numbers([number], desk.actor):
        raise NotFound(what="message")
    handle_message(message_id, actor=desk.actor, at=clock.now())
    messages.success(request, _("Seen to."))
    return HttpResponseRedirect(reverse("console:inbox"))


def _first_values(waiting: DraftToConfirm) -> dict[str, object]:
    """What the adapter read, in the fields of the form."""
    content = waiting.content
    contact = content.get("contact")
    contact = contact if isinstance(contact, dict) else {}
    point = content.get("point")
    point = point if isinstance(point, dict) else {}
    answers = content.get("answers")
    answers = answers if isinstance(answers, dict) else {}
    return {
        "key": f"draft{waiting.draft_id}",
        "channel": waiting.channel.value,
        "language": waiting.language,
        "description": content.get("description", ""),
        "service": content.get("service_code", ""),
        "address": content.get("address_text", ""),
        "area": content.get("area", ""),
        "lat": point.get("lat", ""),
        "lon": point.get("lon", ""),
        **{name: contact.get(name, "") for name in ("name", "email", "phone")},
        **{f"q_{code}": values for code, values in answers.items()},
    }
