"""The lists that staff work from."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_counts import queue_counts
from hark311.cases.queries.staff_queue import queue_page
from hark311.cases.queries.worklist import Mark, QueueFilter
from hark311.console.desk import Desk, staff_page
from hark311.console.queue.bulk_deeds import offered_deeds
from hark311.console.queue.filters import choices_for, filter_from, narrowing
from hark311.console.queue.rail import (
    EMPTY,
    cuts,
    kept_lines,
    list_url,
    queue_lines,
    total,
)
from hark311.console.queue.team import departments_of, departments_to_share, team_lines
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.government.saved_views import View, default_view, views_for
from hark311.platform import clock


@require_safe
@staff_page(Permission.READ_CASES)
def queues(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All queues of the reader together; bare, the list that their work begins with."""
    views = views_for(desk.actor, departments_of(desk.actor, desk.names.organisation))
    first = default_view(views)
    if first is not None and not request.GET:
        return HttpResponseRedirect(list_url(first.queue_code, first.query or "all=1"))
    wanted = filter_from(request.GET, now=clock.now())
    return _list(request, desk, wanted, views, code="")


@require_safe
@staff_page(Permission.READ_CASES)
def queue(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One queue of the reader. Raises NotFound for one in which they do not work."""
    found = desk.names.organisation.queue_by_code(code)
    if found.id not in desk.actor.queues:
        raise NotFound(what="queue")
    views = views_for(desk.actor, departments_of(desk.actor, desk.names.organisation))
    wanted = filter_from(request.GET, now=clock.now())
    only = replace(wanted, queue_ids=frozenset({found.id}))
    return _list(request, desk, only, views, code=code)


def _list(
    request: HttpRequest, desk: Desk, wanted: QueueFilter, views: tuple[View, ...], *, code: str
) -> HttpResponse:
    now = clock.now()
    counts = queue_counts(desk.actor, now=now)
    shown = total(
        count for pk, count in counts.items() if not wanted.queue_ids or pk in wanted.queue_ids
    )
    here = narrowing(request.GET)
    context = {
        "desk": desk,
        "here": "queues",
        "page": queue_page(desk.actor, wanted, desk.names, now=now),
        "count": shown if counts else EMPTY,
        "cuts": cuts(code, shown, here),
        "queues": queue_lines(desk, counts, code),
        "own_views": kept_lines(views, code, here),
        "team_views": team_lines(desk, views, code, here),
        "code": code,
        "title": desk.names.queue(next(iter(wanted.queue_ids))) if code else _("My queues"),
        "order": _order(wanted),
        "choices": choices_for(desk, wanted),
        "chosen": _chosen(wanted),
        "narrowing": here,
        "back": _address(request, code, here),
        "deeds": offered_deeds(desk),
        "sharing": departments_to_share(desk),
    }
    return render(request, "console/queue/list.html", context)


def _address(request: HttpRequest, code: str, here: str) -> str:
    """The address of this very page of the list, in one spelling."""
    moved = next((name for name in ("after", "before") if request.GET.get(name)), "")
    page = f"&{urlencode({moved: request.GET[moved]})}" if moved else ""
    return list_url(code, f"{here or 'all=1'}{page}")


def _order(wanted: QueueFilter) -> str:
    if wanted.state is State.CLOSED and wanted.mark is not Mark.DISPUTED:
        return _("Sorted by closing, the last first")
    return _("Sorted by due time")


def _chosen(wanted: QueueFilter) -> dict[str, str]:
    """What is chosen in each part of the filter."""
    return {
        "words": wanted.words,
        "state": wanted.state.value if wanted.state else "",
        "due": wanted.due.value if wanted.due else "",
        "service": str(wanted.service_id or ""),
        "area": wanted.area,
        "with": wanted.held_by,
        "mark": wanted.mark.value if wanted.mark else "",
    }
