"""The departments somebody works in, and the views that these keep together."""

from collections.abc import Iterable

from hark311.access.policy import Permission, may
from hark311.console.desk import Desk
from hark311.console.queue.rail import RailLine, kept_lines
from hark311.domain.actor import Actor
from hark311.government.queries import Organisation
from hark311.government.saved_views import View


def departments_of(actor: Actor, organisation: Organisation) -> frozenset[int]:
    """The departments in whose queues somebody works or looks on."""
    return frozenset(
        queue.department_id for queue in organisation.queues.values() if queue.id in actor.queues
    )


def shares_of(actor: Actor, organisation: Organisation) -> frozenset[int]:
    """The departments whose kept views somebody may change."""
    return frozenset(
        queue.department_id
        for queue in organisation.queues.values()
        if queue.id in actor.queues and may(actor, Permission.SHARE_VIEWS, queue_id=queue.id)
    )


def departments_to_share(desk: Desk) -> list[tuple[int, str]]:
    """The departments for which the reader may keep a view, by name."""
    names = desk.names
    shares = shares_of(desk.actor, names.organisation)
    return sorted(((pk, names.department(pk)) for pk in shares), key=lambda one: one[1].casefold())


def team_lines(
    desk: Desk, views: Iterable[View], code: str, here: str
) -> list[tuple[str, tuple[RailLine, ...]]]:
    """The kept views of each department that has some: its name and the lines."""
    every = tuple(views)
    departments = sorted({one.department_id for one in every if one.department_id is not None})
    return [
        (desk.names.department(pk), kept_lines(every, code, here, department_id=pk))
        for pk in departments
    ]
