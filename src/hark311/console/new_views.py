"""A new case on a caller's behalf, an inquiry without a case, a hand-over to another line."""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.desk import Desk, staff_page
from hark311.console.intake_form import TAKEN_BY_AGENTS, IntakeForm
from hark311.console.read_out import answer_of_case, words_of_service
from hark311.console.staff_form import StaffForm
from hark311.console.taking import Page, service_named, show, show_again, take
from hark311.console.wording import CHANNELS
from hark311.contacts.desk import HOTLINES, log_inquiry, log_transfer
from hark311.domain.draft import Receipt
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import parse_number
from hark311.domain.vocabulary import Channel, Privacy
from hark311.intake.submit import submit
from hark311.platform import clock

_CHANNELS = [(one.value, CHANNELS[one]) for one in TAKEN_BY_AGENTS]


class NotesForm(StaffForm):
    """A touch that leads to no case."""

    channel = forms.ChoiceField(choices=_CHANNELS)
    notes = forms.CharField(required=False, max_length=4000)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REPORT_FOR_OTHERS)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form of a new case, and taking it."""
    page = Page("console/new.html", _aside())
    if request.method != "POST":
        service = service_named(request.GET.get("service", ""), desk)
        first = {"service": service.code} if service else {}
        return show(request, desk, page, IntakeForm(desk, service, initial=first))
    answer = take(request, desk, page, lambda draft: submit(draft, actor=desk.actor))
    return to_receipt(request, desk, answer) if isinstance(answer, Receipt) else answer


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def done(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """The number to read out. Its incident is linked where the reader may know of it."""
    try:
        spelled = parse_number(number)
    except BadNumber as error:
        raise NotFound(what="case") from error
    known = known_numbers([spelled], desk.actor)
    context = {
        "desk": desk,
        "here": "new",
        "number": spelled,
        "incident_id": known.get(spelled),
        "say": answer_of_case(spelled, desk) if spelled in known else None,
    }
    return render(request, "console/new_done.html", context)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def inquiry(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Log a question that was answered on the spot."""
    form = NotesForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["notes"].strip():
        page = Page("console/new.html", {**_aside(), "notes_error": True, "typed": request.POST})
        return show(request, desk, page, IntakeForm(desk, None), status=422)
    logged = log_inquiry(
        Channel(form.cleaned_data["channel"]),
        form.cleaned_data["notes"],
        actor=desk.actor,
        at=clock.now().astimezone(ZoneInfo(desk.jurisdiction.zone)),
        language=desk.names.language,
    )
    messages.success(request, _("Logged as %(number)s.") % {"number": logged.reference})
    return HttpResponseRedirect(reverse("console:new"))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def hand_over(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Log that somebody was handed over to 911, 988 or 211."""
    line = request.POST.get("line", "")
    if line not in HOTLINES:
        raise NotFound(what="line")
    channel = request.POST.get("channel", "")
    logged = log_transfer(
        line,
        Channel(channel) if channel in {one.value for one in TAKEN_BY_AGENTS} else Channel.PHONE,
        request.POST.get("description", "")[:4000],
        actor=desk.actor,
        at=clock.now().astimezone(ZoneInfo(desk.jurisdiction.zone)),
        language=desk.names.language,
    )
    said = _("Handed over to %(line)s, logged as %(number)s.")
    messages.success(request, said % {"line": line, "number": logged.reference})
    if "key" not in request.POST:
        return HttpResponseRedirect(reverse("console:new"))
    return show_again(request, desk, Page("console/new.html", _aside()))


def to_receipt(request: HttpRequest, desk: Desk, receipt: Receipt) -> HttpResponse:
    """Go on to the number that is read out, and to what is said about a case they may not open."""
    service = service_named(request.POST.get("service", ""), desk)
    words = words_of_service(service, desk) if service else ""
    if words and service and service.privacy is Privacy.SENSITIVE:
        messages.info(request, words)
    return HttpResponseRedirect(reverse("console:new_done", args=[receipt.number]))


def _aside() -> dict[str, object]:
    return {"here": "new", "hotlines": HOTLINES, "channels": _CHANNELS}
