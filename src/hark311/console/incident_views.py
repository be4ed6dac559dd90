"""An incident, the contact of one of its cases, and its pictures."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.actions.record_contact_opened import (
    LONGEST_REASON,
    asks_why,
    record_contact_opened,
)
from hark311.cases.queries.staff_incident import (
    incident_of_case,
    known_incident,
    opened_contact,
    staff_incident,
)
from hark311.cases.queries.staff_picture import stored_picture
from hark311.cases.queries.timeline import incident_since
from hark311.console.desk import Desk, staff_page
from hark311.console.happenings import happenings
from hark311.console.incident_page import incident_context
from hark311.console.staff_form import StaffForm
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Visibility
from hark311.platform import media

LONGEST_SEQUENCE = 9


@require_safe
@staff_page(Permission.READ_CASES)
def incident(request: HttpRequest, desk: Desk, incident_id: int) -> HttpResponse:
    """Everything about one incident."""
    found = staff_incident(incident_id, desk.actor, desk.names)
    return render(request, "console/incident.html", incident_context(found, desk, request.GET))


@require_safe
@staff_page(Permission.READ_CASES)
def changes(request: HttpRequest, desk: Desk, incident_id: int) -> HttpResponse:
    """A line that says who changed the incident after a sequence; empty if nobody did."""
    known_incident(incident_id, desk.actor)
    after = request.GET.get("after", "")
    if not after.isdecimal() or len(after) > LONGEST_SEQUENCE:
        raise NotFound(what="page")
    found = incident_since(incident_id, int(after), audience=Visibility.STAFF, at_most=1)
    others = [entry for entry in found if entry.actor_account_id != desk.actor.account_id]
    news = next(iter(happenings(others, {}, desk)), None)
    context = {"news": news, "incident_id": incident_id}
    return render(request, "console/parts/_news.html", context)


class ReasonForm(StaffForm):
    """Why the contact of a reporter is opened, where the government asks for it."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        help_text=_("For example: to ask where it is. Colleagues read this in the log."),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "in"}),
    )


@require_POST
@staff_page(Permission.OPEN_CONTACT)
def contact(request: HttpRequest, desk: Desk, case_id: int) -> HttpResponse:
    """Who reported a case and the words as written; that they were opened is on record."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if asks_why(desk.jurisdiction) and not form.is_valid():
        incident_id = incident_of_case(case_id, desk.actor)
        context = {"desk": desk, "form": form, "incident_id": incident_id}
        status = 422 if form.is_bound else 200
        return render(request, "console/contact_reason.html", context, status=status)
    record_contact_opened(case_id, actor=desk.actor, reason=request.POST.get("reason", ""))
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
