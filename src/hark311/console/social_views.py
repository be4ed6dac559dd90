"""Answers from the inbox that go back to a social network."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hark311.access.policy import Permission
from hark311.console.call_views import keep, local_now
from hark311.console.desk import Desk, staff_page
from hark311.console.problems import sentence_of
from hark311.contacts.mentions import answer_mention, mention_of_draft
from hark311.contacts.queries import draft_to_confirm
from hark311.domain.errors import MissingText, NotFound, TextTooLong
from hark311.privacy.text import mask_text


@require_POST
@staff_page(Permission.HANDLE_INBOX)
def answer(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Send words back to who wrote; what else is typed on the page is kept first.

    Telephone numbers and mail addresses never go where everyone reads.
    """
    now, jurisdiction_id = local_now(desk), desk.actor.jurisdiction_id
    keep(request, desk, draft_to_confirm(draft_id, jurisdiction_id, at=now), now)
    mention = mention_of_draft(draft_id, jurisdiction_id)
    if mention is None:
        raise NotFound(what="mention")
    is_public, text = request.POST.get("to") == "all", request.POST.get("answer", "").strip()
    if is_public and mask_text(text) != text:
        messages.error(request, _("Leave out the number or address. Send that to them alone."))
        return _back(draft_id)
    try:
        answer_mention(mention.mention_id, text, is_public=is_public, actor=desk.actor, at=now)
    except (MissingText, TextTooLong) as error:
        messages.error(request, sentence_of(error, desk.names.language))
        return _back(draft_id)
    messages.success(request, _("The answer is on its way."))
    return _back(draft_id)


def _back(draft_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:call', args=[draft_id])}#mention-h")
