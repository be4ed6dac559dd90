"""Where a day begins: what lies in my queues, what I was given, the views I kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_counts import queue_counts
from hark311.cases.queries.staff_queue import queue_page
from hark311.cases.queries.worklist import QueueFilter, Span
from hark311.console.desk import Desk, staff_page
from hark311.console.queue.rail import (
    kept_lines,
    list_url,
    queue_lines,
    total,
)
from hark311.console.queue.team import departments_of, team_lines
from hark311.government.saved_views import default_view, views_for
from hark311.platform import clock

_MINE = 10


@require_safe
@staff_page(Permission.READ_CASES)
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The reader's queues with their counts, the work given to them, their kept views."""
    now = clock.now()
    counts = queue_counts(desk.actor, now=now)
    views = views_for(desk.actor, departments_of(desk.actor, desk.names.organisation))
    first = default_view(views)
    mine = QueueFilter(held_by="me", span=Span(_MINE))
    context = {
        "desk": desk,
        "here": "home",
        "count": total(counts.values()),
        "queues": queue_lines(desk, counts, ""),
        "mine": queue_page(desk.actor, mine, desk.names, now=now),
        "own_views": kept_lines(views, "", ""),
        "team_views": team_lines(desk, views, "", ""),
        "first": first,
        "first_url": list_url(first.queue_code, first.query or "all=1") if first else "",
    }
    return render(request, "console/queue/home.html", context)
