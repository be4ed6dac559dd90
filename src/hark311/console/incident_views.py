"""An incident and everything that can be done to it."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission, may
from hark311.cases.actions.attach_evidence import attach_evidence
from hark311.cases.actions.record_contact_opened import record_contact_opened
from hark311.cases.queries.staff_incident import StaffIncident, opened_contact, staff_incident
from hark311.cases.queries.staff_picture import stored_picture
from hark311.console.deeds.base import Deed, DeedForm
from hark311.console.deeds.registry import DEEDS
from hark311.console.desk import Desk, staff_page
from hark311.console.incident_page import Happening, happenings, incident_context
from hark311.console.problems import sentence_of
from hark311.domain.errors import BadDraft, BadMedia, NotAllowed, NotFound, RuleBroken, StaleForm
from hark311.notifications.rehearsal import Rehearsal
from hark311.platform import media
from hark311.platform.problem import status_of


@require_safe
@staff_page(Permission.READ_CASES)
def incident(request: HttpRequest, desk: Desk, incident_id: int) -> HttpResponse:
    """Everything about one incident."""
    found = staff_incident(incident_id, desk.actor, desk.names)
    return render(request, "console/incident.html", incident_context(found, desk))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.READ_CASES)
def deed(request: HttpRequest, desk: Desk, incident_id: int, code: str) -> HttpResponse:
    """The form of one deed, and doing it.

    A form made before a colleague's change answers 409, says what changed, and keeps what
    was typed; sent again, it holds for what is so now.
    """
    wanted = DEEDS.get(code)
    if wanted is None:
        raise NotFound(what="page")
    found = staff_incident(incident_id, desk.actor, desk.names)
    require_deed(wanted, found, desk)
    if request.method != "POST":
        return _page(request, desk, wanted, wanted.form(found, desk))
    data = request.POST.copy()
    refused = ""
    if wanted.takes_photos and request.FILES:
        refused = _attach(request, data, found, desk)
        found = staff_incident(incident_id, desk.actor, desk.names)
    return _done_or_page(request, desk, wanted, wanted.form(found, desk, data), refused)


@require_POST
@staff_page(Permission.OPEN_CONTACT)
def contact(request: HttpRequest, desk: Desk, case_id: int) -> HttpResponse:
    """Who reported a case and the words as written; that they were opened is on record."""
    record_contact_opened(case_id, actor=desk.actor)
    opened = opened_contact(case_id, desk.actor)
    return render(request, "console/contact.html", {"desk": desk, "opened": opened})


@require_safe
@staff_page(Permission.READ_CASES)
def picture(request: HttpRequest, desk: Desk, attachment_id: int) -> HttpResponse:
    """The bytes of a photo. Raises NotFound if they are gone as well."""
    found = stored_picture(attachment_id, desk.actor)
    try:
        content = media.read(found.key)
    except FileNotFoundError as error:
        raise NotFound(what="picture") from error
    response = HttpResponse(content, content_type=found.content_type)
    response.headers["Content-Disposition"] = "inline"
    return response


def require_deed(wanted: Deed, found: StaffIncident, desk: Desk) -> None:
    """Raises NotAllowed unless the role allows this deed in this queue or by a work order."""
    departments = found.departments_at_work
    if not may(
        desk.actor, wanted.permission, queue_id=found.queue_id, work_departments=departments
    ):
        raise NotAllowed(permission=wanted.permission.value)


def _done_or_page(
    request: HttpRequest, desk: Desk, wanted: Deed, form: DeedForm, refused: str
) -> HttpResponse:
    if refused:
        form.add_error(None, refused)
    if not form.is_valid():
        return _page(request, desk, wanted, form, status=422)
    try:
        if wanted.has_preview and "confirm" not in request.POST:
            return _page(request, desk, wanted, form, preview=form.preview())
        form.act()
    except StaleForm:
        return _stale(request, desk, wanted, form)
    except (RuleBroken, BadDraft) as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return _page(request, desk, wanted, form, status=status_of(error))
    messages.success(request, str(wanted.done))
    return HttpResponseRedirect(reverse("console:incident", args=[form.incident.incident_id]))


def _stale(request: HttpRequest, desk: Desk, wanted: Deed, form: DeedForm) -> HttpResponse:
    fresh = staff_incident(form.incident.incident_id, desk.actor, desk.names)
    changes = happenings(fresh, desk, after=form.seen_sequence)
    kept = wanted.form(fresh, desk, form.typed_with(fresh.seen))
    kept.is_valid()
    return _page(request, desk, wanted, kept, status=409, changes=changes)


def _attach(request: HttpRequest, data: QueryDict, found: StaffIncident, desk: Desk) -> str:
    """Keep the photos that came along and tick them; return what was wrong with the others."""
    refused = ""
    for upload in request.FILES.getlist("photos"):
        try:
            photo = attach_evidence(found.incident_id, _content(upload), actor=desk.actor)
        except BadMedia as error:
            refused = sentence_of(error, desk.names.language)
        else:
            data.appendlist("evidence", str(photo.pk))
    return refused


def _content(upload: UploadedFile[bytes]) -> bytes:
    """The bytes of an upload, one more than is allowed at most."""
    return bytes(upload.read(media.LARGEST_BYTES + 1))


def _page(
    request: HttpRequest,
    desk: Desk,
    wanted: Deed,
    form: DeedForm,
    *,
    status: int = 200,
    preview: Rehearsal | None = None,
    changes: tuple[Happening, ...] = (),
) -> HttpResponse:
    context = {
        **incident_context(form.incident, desk),
        "deed": wanted,
        "form": form,
        "preview": preview,
        "changes": changes,
    }
    return render(request, "console/deed.html", context, status=status)
