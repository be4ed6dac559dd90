"""Alerts: composed, seen before they are told, begun, changed and ended by supervisors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.disrupting.change_disruption import change_disruption, start_disruption
from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.cases.disrupting.end_disruption import end_disruption
from hark311.cases.disrupting.pen import DisruptionDraft
from hark311.cases.queries.taken_up import TakenUp, taken_up
from hark311.console.alert_forms import AlertForm, EndForm
from hark311.console.desk import Desk, staff_page
from hark311.console.problems import sentence_of
from hark311.disruptions.queries import Alert, alert_by_id, listed_alerts
from hark311.domain.disruptions import DisruptionState
from hark311.domain.errors import BadDraft, HarkError, NotAllowed, RuleBroken, StaleForm
from hark311.domain.texts import in_language
from hark311.notifications.rehearsal import Rehearsal, rehearse
from hark311.places.drawing import Picture, Pin, draw, view_of
from hark311.places.ground import ground_of
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.platform.problem import status_of

_Refused = (RuleBroken, BadDraft, NotAllowed)


@dataclass(frozen=True, slots=True)
class Listed:
    """An alert in the list: its state, and the reports that it has taken up."""

    alert: Alert
    title: str
    state: str
    is_overdue: bool
    taken: TakenUp | None


@dataclass(frozen=True, slots=True)
class Look:
    """An alert before it is told: its words by language, and where it reaches, drawn."""

    draft: DisruptionDraft
    map: Picture | None
    services: tuple[str, ...]


@require_safe
@staff_page(Permission.READ_CASES)
def alerts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is wrong now, what is planned, what ended lately."""
    now = clock.now()
    found = listed_alerts(desk.jurisdiction, now=now)
    held = taken_up({one.incident_id for one in found if one.incident_id})
    rows = [
        Listed(
            alert=one,
            title=one.title(desk.names.language),
            state=one.state(now).value,
            is_overdue=one.is_overdue(now),
            taken=held.get(one.incident_id) if one.incident_id else None,
        )
        for one in found
    ]
    context = {"desk": desk, "here": "alerts", "rows": rows, "may_tell": _may_tell(desk)}
    return render(request, "console/alerts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.MANAGE_ALERTS)
def new_alert(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new alert: written, looked at, told."""
    form = AlertForm(desk, request.POST if request.method == "POST" else None)
    return _written(
        request,
        form,
        lambda: compose_disruption(form.draft(), actor=desk.actor),
        _("The alert is told."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.MANAGE_ALERTS)
def alert(request: HttpRequest, desk: Desk, alert_id: int) -> HttpResponse:
    """The next version of an alert."""
    found = alert_by_id(desk.jurisdiction, alert_id)
    form = AlertForm(desk, request.POST if request.method == "POST" else None, alert=found)

    def change() -> object:
        version = int(request.POST.get("version") or 0)
        return change_disruption(alert_id, form.draft(), actor=desk.actor, version=version)

    return _written(request, form, change, _("The alert is changed. What it said is kept."))


@require_POST
@staff_page(Permission.MANAGE_ALERTS)
def start_alert(request: HttpRequest, desk: Desk, alert_id: int) -> HttpResponse:
    """Let what was planned begin now."""
    start_disruption(alert_id, actor=desk.actor)
    return _back(request, _("The alert is told."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.MANAGE_ALERTS)
def end_alert(request: HttpRequest, desk: Desk, alert_id: int) -> HttpResponse:
    """That it is over: the letters are shown, with how many get them, before they are sent."""
    found = alert_by_id(desk.jurisdiction, alert_id)
    form = EndForm(desk, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _end_page(request, form, found, status=422 if form.is_bound else 200)

    def end() -> object:
        version = int(request.POST.get("version") or 0)
        return end_disruption(alert_id, form.ending(), actor=desk.actor, version=version)

    try:
        if "confirm" not in request.POST:
            letters = rehearse(end, account_id=desk.actor.account_id)
            return _end_page(request, form, found, letters=letters)
        end()
    except StaleForm as error:
        return _refused_end(request, form, alert_by_id(desk.jurisdiction, alert_id), error)
    except _Refused as error:
        return _refused_end(request, form, found, error)
    return _back(request, _("The alert is over. Everyone who reported it is told."))


def _written(
    request: HttpRequest, form: AlertForm, act: Callable[[], object], said: str
) -> HttpResponse:
    """Write, look, tell: one step after the other, with nothing typed lost."""
    if not form.is_valid():
        return _form_page(request, form, status=422 if form.is_bound else 200)
    if "confirm" not in request.POST:
        return _form_page(request, form, look=look_at(form.draft(), form.desk))
    try:
        act()
    except (*_Refused, StaleForm) as error:
        form.add_error(None, sentence_of(error, form.desk.names.language))
        return _form_page(request, form, status=status_of(error))
    return _back(request, said)


def look_at(draft: DisruptionDraft, desk: Desk) -> Look:
    """The draft as people will see it."""
    language, reach = desk.names.language, draft.reach
    named = areas_of(desk.jurisdiction)
    spots = [area.center for key in sorted(reach.areas) if (area := named.by_key(key))]
    if reach.center is not None:
        spots.append(reach.center)
    ground = ground_of(desk.jurisdiction)
    view = view_of(spots, ground, closest=14.5)
    names = sorted(
        in_language(one.names, language)
        for one in desk.names.services.values()
        if reach.takes(one.code)
    )
    pins = [Pin(spot, "late", "") for spot in spots]
    return Look(draft, draw(ground, view, language, pins) if spots else None, tuple(names))


def _form_page(
    request: HttpRequest, form: AlertForm, *, look: Look | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "desk": form.desk,
        "here": "alerts",
        "form": form,
        "alert": form.alert,
        "look": look,
    }
    return render(request, "console/alert.html", context, status=status)


def _end_page(
    request: HttpRequest,
    form: EndForm,
    found: Alert,
    *,
    letters: Rehearsal | None = None,
    status: int = 200,
) -> HttpResponse:
    held = taken_up([found.incident_id]) if found.incident_id else {}
    context = {
        "desk": form.desk,
        "here": "alerts",
        "form": form,
        "alert": found,
        "title": found.title(form.desk.names.language),
        "is_over": found.state(clock.now()) is DisruptionState.OVER,
        "taken": next(iter(held.values()), None),
        "letters": letters,
    }
    return render(request, "console/alert_end.html", context, status=status)


def _refused_end(
    request: HttpRequest, form: EndForm, found: Alert, error: HarkError
) -> HttpResponse:
    form.add_error(None, sentence_of(error, form.desk.names.language))
    return _end_page(request, form, found, status=status_of(error))


def _may_tell(desk: Desk) -> bool:
    return desk.may(Permission.MANAGE_ALERTS)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("console:alerts"))
