"""The views that somebody keeps: their own, and those of the departments they lead."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.policy import Permission
from hark311.console.desk import Desk, staff_page
from hark311.console.problems import sentence_of
from hark311.console.queue.bulk_views import back_from
from hark311.console.queue.filters import narrowing
from hark311.console.queue.rail import list_url
from hark311.console.queue.team import departments_of, shares_of
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.government.saved_views import (
    View,
    begin_with_view,
    forget_view,
    keep_view,
    move_view,
    rename_view,
    views_for,
)


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One kept view. owner: the name of its department, "" for the reader's own."""

    view: View
    owner: str
    url: str
    may_change: bool


@require_safe
@staff_page(Permission.READ_CASES)
def kept(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All views the reader has, with what they may change."""
    organisation = desk.names.organisation
    shares = shares_of(desk.actor, organisation)
    lines = [
        ViewLine(
            view=one,
            owner=desk.names.department(one.department_id) if one.department_id else "",
            url=list_url(one.queue_code, one.query or "all=1"),
            may_change=one.department_id is None or one.department_id in shares,
        )
        for one in views_for(desk.actor, departments_of(desk.actor, organisation))
    ]
    return render(
        request, "console/queue/kept.html", {"desk": desk, "here": "queues", "lines": lines}
    )


@require_POST
@staff_page(Permission.READ_CASES)
def keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep the list that was shown under a name."""
    team = request.POST.get("for", "")
    department_id = int(team) if team.isdecimal() and len(team) < 10 else None
    shares = shares_of(desk.actor, desk.names.organisation)
    if department_id is not None and department_id not in shares:
        raise NotFound(what="department")
    code = request.POST.get("queue", "")
    if code and desk.names.organisation.queue_by_code(code).id not in desk.actor.queues:
        raise NotFound(what="queue")
    query = narrowing(QueryDict(request.POST.get("query", "")))
    try:
        view = keep_view(
            request.POST.get("name", ""),
            code,
            query,
            actor=desk.actor,
            department_id=department_id,
        )
    except DoesNotApply as error:
        messages.warning(request, sentence_of(error, desk.names.language))
        return HttpResponseRedirect(back_from(request))
    if "begin" in request.POST:
        begin_with_view(view.id, actor=desk.actor, shares=shares)
    messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return HttpResponseRedirect(back_from(request))


@require_POST
@staff_page(Permission.READ_CASES)
def change(request: HttpRequest, desk: Desk, view_id: int) -> HttpResponse:
    """Rename, move, begin with, or remove a view. Raises NotFound for one of somebody else."""
    shares = shares_of(desk.actor, desk.names.organisation)
    try:
        _change(request.POST, view_id, desk, shares)
    except DoesNotApply as error:
        messages.warning(request, sentence_of(error, desk.names.language))
    else:
        messages.success(request, _("Changed."))
    return HttpResponseRedirect(reverse("console:views"))


def _change(typed: QueryDict, view_id: int, desk: Desk, shares: frozenset[int]) -> None:
    match typed.get("do"):
        case "rename":
            rename_view(view_id, typed.get("name", ""), actor=desk.actor, shares=shares)
        case "up":
            move_view(view_id, by=-1, actor=desk.actor, shares=shares)
        case "down":
            move_view(view_id, by=1, actor=desk.actor, shares=shares)
        case "begin":
            begin_with_view(view_id, actor=desk.actor, shares=shares)
        case "remove":
            forget_view(view_id, actor=desk.actor, shares=shares)
        case _:
            raise NotFound(what="page")
