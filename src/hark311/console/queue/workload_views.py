"""Who has what: for planning a week, in the order of names. It ranks nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission, may
from hark311.cases.queries.staff_counts import Load, queue_counts, workload
from hark311.console.desk import Desk, staff_page
from hark311.console.queue.filters import end_of_day
from hark311.console.queue.rail import EMPTY, list_url
from hark311.domain.actor import Actor
from hark311.government.accounts import Colleague, colleagues_by_department
from hark311.government.queries import Organisation
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One colleague with what they have in the queues of one department."""

    name: str
    url: str
    open: int
    this_week: int
    late: int


@dataclass(frozen=True, slots=True)
class Team:
    """One department and its people by name. nobody: how much of its work nobody has."""

    department: str
    people: tuple[PersonLine, ...]
    nobody: int


@require_safe
@staff_page(Permission.ASSIGN)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What each colleague has before them, in the departments where the reader gives work."""
    now = clock.now()
    queues = _queues_to_plan(desk.actor, desk.names.organisation)
    members = colleagues_by_department(desk.jurisdiction, sorted(queues))
    loads = workload(
        {one.account_id for team in members.values() for one in team},
        [pk for pks in queues.values() for pk in pks],
        now=now,
        until=end_of_day(now, days=6),
    )
    counts = queue_counts(desk.actor, now=now)
    teams = [
        Team(
            desk.names.department(department_id),
            tuple(_line(one, queues[department_id], loads) for one in team),
            nobody=sum(counts.get(pk, EMPTY).nobody for pk in queues[department_id]),
        )
        for department_id, team in members.items()
    ]
    teams.sort(key=lambda team: team.department.casefold())
    context = {"desk": desk, "here": "workload", "teams": teams}
    return render(request, "console/queue/people.html", context)


def _line(one: Colleague, queue_ids: Collection[int], loads: Iterable[Load]) -> PersonLine:
    mine = [
        load for load in loads if load.account_id == one.account_id and load.queue_id in queue_ids
    ]
    return PersonLine(
        name=one.name,
        url=list_url("", urlencode({"with": one.account_id})),
        open=sum(load.open for load in mine),
        this_week=sum(load.this_week for load in mine),
        late=sum(load.late for load in mine),
    )


def _queues_to_plan(actor: Actor, organisation: Organisation) -> dict[int, list[int]]:
    """The queues in which somebody may give work, by department."""
    found: dict[int, list[int]] = {}
    for queue in organisation.queues.values():
        if queue.id in actor.queues and may(actor, Permission.ASSIGN, queue_id=queue.id):
            found.setdefault(queue.department_id, []).append(queue.id)
    return found
