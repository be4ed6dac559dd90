"""Reads who an account is as staff: its roles in one jurisdiction, made into an actor."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.sessions.models import Session

from hark311.domain.actor import Actor, ActorKind, Role
from hark311.government.models import Account, Jurisdiction, StaffRole
from hark311.government.queries import Organisation, QueueRecord, organisation_of
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as others see them."""

    account_id: int
    name: str


def staff_actor(account: Account, jurisdiction: Jurisdiction, *, language: str) -> Actor | None:
    """The account as staff of this jurisdiction, or None if it has no role in it.

    A role of a department holds in all its active queues; a role without a department in
    every active queue that is not sensitive. Two statements, the second once per process.
    """
    if not account.is_active:
        return None
    roles = [
        (Role(row.role), row.department_id)
        for row in StaffRole.objects.filter(account=account, jurisdiction=jurisdiction)
    ]
    if not roles:
        return None
    organisation = organisation_of(jurisdiction)
    by_queue = frozenset(
        (queue.id, role)
        for role, department_id in roles
        for queue in queues_of_role(organisation, department_id)
    )
    return Actor(
        kind=ActorKind.STAFF,
        jurisdiction_id=jurisdiction.pk,
        account_id=account.pk,
        name=account.name,
        language=language,
        roles=frozenset(role for role, _ in roles),
        queues=frozenset(queue_id for queue_id, _ in by_queue),
        roles_by_queue=by_queue,
        departments=_departments(organisation, roles),
    )


def queues_of_role(
    organisation: Organisation, department_id: int | None
) -> tuple[QueueRecord, ...]:
    """The active queues in which a role holds; None is a role in all departments."""
    return tuple(
        queue
        for queue in organisation.queues.values()
        if queue.is_active
        and (
            queue.department_id == department_id
            if department_id is not None
            else not queue.is_sensitive
        )
    )


def colleagues_of_queue(jurisdiction: Jurisdiction, queue: QueueRecord) -> tuple[Colleague, ...]:
    """Who may be given work of this queue, by name: everybody who may act in it."""
    return colleagues_of_queues(jurisdiction, [queue])


def colleagues_of_queues(
    jurisdiction: Jurisdiction, queues: Collection[QueueRecord]
) -> tuple[Colleague, ...]:
    """Who may be given work of any of these queues, by name. One statement."""
    departments = {queue.department_id for queue in queues}
    is_for_all = any(not queue.is_sensitive for queue in queues)
    roles = StaffRole.objects.filter(jurisdiction=jurisdiction, account__is_active=True)
    allowed = roles.exclude(role=Role.VIEWER.value).select_related("account")
    found = {
        row.account_id: Colleague(row.account_id, row.account.name or row.account.email)
        for row in allowed
        if row.department_id in departments or (row.department_id is None and is_for_all)
    }
    return tuple(sorted(found.values(), key=lambda colleague: colleague.name.casefold()))


def colleagues_by_department(
    jurisdiction: Jurisdiction, department_ids: Collection[int]
) -> dict[int, tuple[Colleague, ...]]:
    """Who may be given work in each of these departments, by name. One statement.

    Whoever works in all departments stands in each.
    """
    roles = StaffRole.objects.filter(jurisdiction=jurisdiction, account__is_active=True)
    allowed = list(roles.exclude(role=Role.VIEWER.value).select_related("account"))
    found = {
        department_id: {
            row.account_id: Colleague(row.account_id, row.account.name or row.account.email)
            for row in allowed
            if row.department_id in {None, department_id}
        }
        for department_id in department_ids
    }
    return {
        department_id: tuple(sorted(people.values(), key=lambda one: one.name.casefold()))
        for department_id, people in found.items()
    }


def _departments(
    organisation: Organisation, roles: Iterable[tuple[Role, int | None]]
) -> frozenset[int]:
    """The departments whose work orders the roles may work on; who only looks on works on none."""
    held = [department_id for role, department_id in roles if role is not Role.VIEWER]
    if None in held:
        return frozenset(organisation.departments)
    return frozenset(department_id for department_id in held if department_id is not None)


def account_names(account_ids: Iterable[int]) -> dict[int, str]:
    """How these accounts are called in front of colleagues; one statement."""
    rows = Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "name", "email")
    return {pk: name or email for pk, name, email in rows}


def forget_sessions() -> int:
    """Delete sessions that ended; return how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
