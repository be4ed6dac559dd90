"""What callers said and what was faxed, for staff: private evidence, never public."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.desk import Desk, staff_page
from hark311.contacts import files
from hark311.contacts.pages import page_picture
from hark311.domain.errors import NotFound


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def recording(request: HttpRequest, desk: Desk, file_id: int) -> HttpResponse:
    """The recording. Raises NotFound also where its case is not for the reader to know."""
    content, number = files.recording(file_id, desk.actor.jurisdiction_id)
    if number and not known_numbers([number], desk.actor):
        raise NotFound(what="recording")
    response = HttpResponse(content, content_type="audio/wav")
    response.headers["Content-Disposition"] = "inline"
    return response


@require_safe
@staff_page(Permission.HANDLE_INBOX)
def page(request: HttpRequest, desk: Desk, file_id: int) -> HttpResponse:
    """The picture of a page that was faxed. Raises NotFound as ``recording``."""
    content, number = page_picture(file_id, desk.actor.jurisdiction_id)
    if number and not known_numbers([number], desk.actor):
        raise NotFound(what="page")
    return HttpResponse(content, content_type="image/png")
