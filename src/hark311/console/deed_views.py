"""The form of each deed, what people would get by it, and doing it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hark311.access.policy import Permission
from hark311.cases.actions.attach_evidence import attach_evidence
from hark311.cases.queries.staff_incident import StaffIncident, staff_incident
from hark311.cases.queries.timeline import incident_since
from hark311.console.deeds.base import Deed, DeedForm
from hark311.console.deeds.compose import ComposeForm, Taken, typed_into
from hark311.console.deeds.preview import Preview
from hark311.console.deeds.registry import DEEDS
from hark311.console.desk import Desk, staff_page
from hark311.console.happenings import Happening, happenings
from hark311.console.next_deeds import is_allowed
from hark311.console.problems import sentence_of
from hark311.console.shown import shown
from hark311.domain.errors import BadDraft, BadMedia, NotAllowed, NotFound, RuleBroken, StaleForm
from hark311.domain.vocabulary import Visibility
from hark311.platform import media
from hark311.platform.problem import status_of


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a form shows beside the form.

    preview: what people get, one step before it is done. changes: what colleagues did since
    the form was made. taken: which text was put into it.
    """

    status: int = 200
    preview: Preview | None = None
    changes: tuple[Happening, ...] = ()
    taken: Taken | None = None


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
    if not is_allowed(wanted, found, desk):
        raise NotAllowed(permission=wanted.permission.value)
    if request.method != "POST":
        return _page(request, wanted, wanted.form(found, desk, asked=request.GET.dict()), Page())
    if "take" in request.POST:
        return _taken(request, wanted, wanted.form(found, desk))
    data = request.POST.copy()
    refused = ""
    if wanted.takes_photos and request.FILES:
        refused = _attach(request, data, found, desk)
        found = staff_incident(incident_id, desk.actor, desk.names)
    return _done_or_page(request, wanted, wanted.form(found, desk, data), refused)


def _done_or_page(request: HttpRequest, wanted: Deed, form: DeedForm, refused: str) -> HttpResponse:
    if refused:
        form.add_error(None, refused)
    if not form.is_valid():
        return _page(request, wanted, form, Page(status=422))
    try:
        if wanted.has_preview and "confirm" not in request.POST:
            return _page(request, wanted, form, Page(preview=form.preview()))
        form.act()
    except StaleForm:
        return _stale(request, wanted, form)
    except (RuleBroken, BadDraft) as error:
        form.add_error(None, sentence_of(error, form.desk.names.language))
        return _page(request, wanted, form, Page(status=status_of(error)))
    messages.success(request, str(wanted.done))
    return HttpResponseRedirect(reverse("console:incident", args=[form.incident.incident_id]))


def _taken(request: HttpRequest, wanted: Deed, form: DeedForm) -> HttpResponse:
    """The form with a text that is kept ready put into it; nothing is checked or done yet."""
    typed_into(form, request.POST)
    taken = form.take(request.POST["take"]) if isinstance(form, ComposeForm) else None
    return _page(request, wanted, form, Page(taken=taken))


def _stale(request: HttpRequest, wanted: Deed, form: DeedForm) -> HttpResponse:
    desk = form.desk
    fresh = staff_incident(form.incident.incident_id, desk.actor, desk.names)
    numbers = {case.case_id: case.number for case in fresh.cases}
    news = incident_since(fresh.incident_id, form.seen_sequence, audience=Visibility.STAFF)
    kept = wanted.form(fresh, desk, form.typed_with(fresh.seen))
    kept.is_valid()
    return _page(request, wanted, kept, Page(409, changes=happenings(news, numbers, desk)))


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


def _page(request: HttpRequest, wanted: Deed, form: DeedForm, page: Page) -> HttpResponse:
    context = {
        "desk": form.desk,
        "here": "queues",
        "incident": form.incident,
        "shown": shown(form.incident.incident_id, form.desk),
        "deed": wanted,
        "form": form,
        "preview": page.preview,
        "changes": page.changes,
        "taken": page.taken,
        "texts": form.offered if isinstance(form, ComposeForm) else (),
    }
    return render(request, "console/deed.html", context, status=page.status)
