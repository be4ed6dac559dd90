"""The lists that staff work from."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from hark311.access.policy import Permission
from hark311.cases.queries.staff_queue import QueueFilter, queue_counts, queue_page
from hark311.catalog.queries import active_services
from hark311.console.desk import Desk, staff_page
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.platform import clock

_DISPUTED = "disputed"
_LARGEST_PAGE = 10_000


@staff_page(Permission.READ_CASES)
def queues(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All queues of the reader together."""
    return _list(request, desk, filter_from(request.GET, desk), code="")


@staff_page(Permission.READ_CASES)
def queue(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One queue of the reader. Raises NotFound for one in which they do not work."""
    found = desk.names.organisation.queue_by_code(code)
    if found.id not in desk.actor.queues:
        raise NotFound(what="queue")
    wanted = replace(filter_from(request.GET, desk), queue_ids=frozenset({found.id}))
    return _list(request, desk, wanted, code=code)


def filter_from(query: QueryDict, desk: Desk) -> QueueFilter:
    """What the address asks for; what it does not spell rightly is as if not asked."""
    service = query.get("service", "")
    state = query.get("state", "")
    page = query.get("page", "1")
    return QueueFilter(
        state=State(state) if state in set(State) else None,
        is_disputed=state == _DISPUTED,
        service_id=int(service) if service.isdecimal() and len(service) < 10 else None,
        area=query.get("area", "")[:100],
        due=query.get("due", "") if query.get("due") in {"late", "soon"} else "",
        held_by=query.get("with", "") if query.get("with") in {"me", "nobody"} else "",
        page=max(1, min(int(page[:12]), _LARGEST_PAGE)) if page.isdecimal() else 1,
    )


def _list(request: HttpRequest, desk: Desk, wanted: QueueFilter, *, code: str) -> HttpResponse:
    now = clock.now()
    names = desk.names
    counts = queue_counts(desk.actor, now=now)
    rail = [
        {
            "code": one.code,
            "name": names.queue(one.id),
            "department": names.department(one.department_id),
            "count": counts.get(one.id),
            "is_sensitive": one.is_sensitive,
        }
        for one in names.organisation.queues.values()
        if one.id in desk.actor.queues
    ]
    shown = [count for pk, count in counts.items() if not code or pk in wanted.queue_ids]
    context = {
        "desk": desk,
        "here": "queues",
        "page": queue_page(desk.actor, wanted, names, now=now),
        "wanted": wanted,
        "rail": sorted(rail, key=lambda one: (str(one["department"]), str(one["name"]))),
        "code": code,
        "title": names.queue(next(iter(wanted.queue_ids))) if code else _("My queues"),
        "open": sum(count.open for count in shown),
        "late": sum(count.late for count in shown),
        "states": [*_states(desk), (_DISPUTED, _("Asked to open again"))],
        "state": _DISPUTED if wanted.is_disputed else wanted.state,
        "services": sorted(
            (in_language(one.names, names.language), one.id)
            for one in active_services(desk.jurisdiction)
        ),
        "areas": sorted(
            (in_language(one.names, names.language), one.key) for one in names.areas.areas
        ),
        "is_narrowed": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "console/queue.html", context)


def _states(desk: Desk) -> list[tuple[str, str]]:
    return [(state.value, desk.state_label(state)) for state in State]
