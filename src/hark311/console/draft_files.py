"""What came with a draft beside words: its pictures, and the message as it came."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.console.desk import Desk, staff_page
from hark311.contacts.queries import draft_to_confirm
from hark311.domain.errors import NotAllowed, NotFound
from hark311.platform import clock, media


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def picture(request: HttpRequest, desk: Desk, draft_id: int, place: int) -> HttpResponse:
    """One of the pictures, drawn anew when it came. Raises NotFound if there is none."""
    keys = draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=clock.now()).pictures
    key = keys[place] if place < len(keys) else ""
    response = HttpResponse(_content(key), content_type=media.content_type_of(key))
    response.headers["Content-Disposition"] = "inline"
    return response


@require_safe
@staff_page(Permission.OPEN_CONTACT)
def original(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """The message byte for byte, to be kept as a file; only for who holds the draft.

    Raises NotFound, and NotAllowed for anybody else.
    """
    waiting = draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=clock.now())
    if waiting.holder_id != desk.actor.account_id:
        raise NotAllowed(what="original")
    response = HttpResponse(_content(waiting.original_key), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{waiting.reference}.eml"'
    return response


def _content(key: str) -> bytes:
    try:
        if not key:
            raise NotFound(what="picture")
        return media.read(key)
    except FileNotFoundError as error:
        raise NotFound(what="picture") from error
