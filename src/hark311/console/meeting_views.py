"""Meetings for staff: the calendar, who came, what was asked, and the table of what was told."""

from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.catalog.queries import active_services
from hark311.console.desk import Desk, staff_page
from hark311.console.meeting_forms import MeetingForm, typed_rows
from hark311.console.meeting_sending import send_rows
from hark311.console.meeting_words import MEETING_KINDS
from hark311.domain.errors import MissingText
from hark311.domain.texts import in_language
from hark311.outreach.actions import TypedRow, count_people, keep_meeting, keep_question, keep_rows
from hark311.outreach.queries import (
    Row,
    coming_meetings,
    past_meetings,
    questions_of,
    rows_of,
    year_of,
)
from hark311.outreach.queries import meeting as meeting_of
from hark311.platform import clock
from hark311.platform.problem import WORDING

_BLANK_ROWS = 3


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def meetings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What comes, what was, and the figures of this year."""
    now, here = clock.now(), desk.actor.jurisdiction_id
    local = now.astimezone(ZoneInfo(desk.jurisdiction.zone))
    start = local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    year = year_of(here, start=start, end=start.replace(year=start.year + 1))
    context = {
        "desk": desk,
        "here": "meetings",
        "coming": coming_meetings(here, now=now),
        "past": past_meetings(here, now=now),
        "year": year,
        "kinds": [(MEETING_KINDS[kind], count) for kind, count in sorted(year.kinds.items())],
    }
    return render(request, "console/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REPORT_FOR_OTHERS)
def plan(request: HttpRequest, desk: Desk, meeting_id: int | None = None) -> HttpResponse:
    """The form of a meeting. Raises NotFound."""
    record = meeting_of(desk.actor.jurisdiction_id, meeting_id) if meeting_id else None
    form = MeetingForm(desk, request.POST if request.method == "POST" else None, record)
    if request.method == "POST" and form.is_valid():
        kept = keep_meeting(form.facts(), actor=desk.actor, meeting_id=meeting_id)
        messages.success(request, _("The meeting is in the calendar."))
        return HttpResponseRedirect(reverse("console:meeting", args=[kept.pk]))
    context = {"desk": desk, "here": "meetings", "form": form, "record": record}
    status = 422 if request.method == "POST" else 200
    return render(request, "console/meeting_form.html", context, status=status)


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def meeting(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """One meeting: who came, what was asked, and the table. Raises NotFound."""
    record = meeting_of(desk.actor.jurisdiction_id, meeting_id)
    blank = [Row(0, TypedRow(uuid4().hex), "", "") for _place in range(_BLANK_ROWS)]
    language = desk.names.language
    services = [
        (one.code, in_language(one.names, language))
        for one in active_services(desk.jurisdiction)
        if not one.is_sensitive
    ]
    context = {
        "desk": desk,
        "here": "meetings",
        "record": record,
        "kind": MEETING_KINDS[record.kind],
        "rows": [(row, WORDING.get(row.fault, "")) for row in (*rows_of(meeting_id), *blank)],
        "questions": questions_of(meeting_id),
        "services": sorted(services, key=lambda pair: pair[1]),
    }
    return render(request, "console/meeting.html", context)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def rows(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """Keep the table as typed so far; with ``send``, make cases of it. Raises NotFound."""
    kept = keep_rows(meeting_id, typed_rows(request.POST), actor=desk.actor)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"kept": kept})
    if request.POST.get("send"):
        _tell(request, *send_rows(meeting_id, desk))
    else:
        messages.success(request, _("Kept."))
    return _back(meeting_id)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def people(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """Note how many came. Raises NotFound."""
    count = request.POST.get("attended", "").strip()
    is_number = count.isdecimal() and len(count) < 6
    count_people(meeting_id, int(count) if is_number else None, actor=desk.actor)
    return _back(meeting_id)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def question(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """Note what was asked, or the answer to it. Raises NotFound."""
    asked = request.POST.get("question", "")
    try:
        keep_question(
            meeting_id,
            request.POST.get("text", ""),
            request.POST.get("answer", ""),
            actor=desk.actor,
            question_id=int(asked) if asked.isdecimal() and len(asked) < 18 else None,
        )
    except MissingText:
        messages.error(request, _("Write a few words."))
    return _back(meeting_id)


def _tell(request: HttpRequest, sent: int, failed: int) -> None:
    if sent:
        words = ngettext("%(count)s case was made.", "%(count)s cases were made.", sent)
        messages.success(request, words % {"count": sent})
    if failed:
        words = ngettext(
            "%(count)s line could not be sent. It says why.",
            "%(count)s lines could not be sent. Each says why.",
            failed,
        )
        messages.error(request, words % {"count": failed})
    if not sent and not failed:
        messages.info(request, _("There was nothing new to send."))


def _back(meeting_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:meeting", args=[meeting_id]))
