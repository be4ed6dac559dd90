"""Reads who an account is as staff: its roles in one jurisdiction, made into an actor."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.models import Session

from hark311.domain.actor import Actor, ActorKind, Role
from hark311.domain.staffing import GivenRole
from hark311.government.models import Account, Jurisdiction, StaffRole
from hark311.government.queries import Organisation, QueueRecord, organisation_of
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as others see them."""

    account_id: int
    name: str
    absent_from: date | None = None
    absent_to: date | None = None

    def is_away_on(self, day: date) -> bool:
        """True from the first to the last day of their absence; either may be open."""
        if self.absent_from is None and self.absent_to is None:
            return False
        has_begun = self.absent_from is None or self.absent_from <= day
        return has_begun and (self.absent_to is None or day <= self.absent_to)


def staff_actor(account: Account, jurisdiction: Jurisdiction, *, language: str) -> Actor | None:
    """The account as staff of this jurisdiction, or None if it has no role in it.

    A role of a queue holds there, a role of a department in all its active queues, a role
    without a department in every active queue that is not sensitive. Two statements, the second
    once per process.
    """
    if not account.is_active:
        return None
    roles = given_roles(account.pk, jurisdiction)
    if not roles:
        return None
    organisation = organisation_of(jurisdiction)
    by_queue = frozenset(
        (queue.id, given.role) for given in roles for queue in queues_of_role(organisation, given)
    )
    return Actor(
        kind=ActorKind.STAFF,
        jurisdiction_id=jurisdiction.pk,
        account_id=account.pk,
        name=account.name,
        language=language,
        roles=frozenset(given.role for given in roles),
        queues=frozenset(queue_id for queue_id, _ in by_queue),
        roles_by_queue=by_queue,
        departments=_departments(organisation, roles),
    )


def given_roles(account_id: int, jurisdiction: Jurisdiction) -> frozenset[GivenRole]:
    """The roles of an account in one jurisdiction; one statement."""
    rows = StaffRole.objects.filter(account=account_id, jurisdiction=jurisdiction)
    return frozenset(given_by(row) for row in rows)


def queues_of_role(organisation: Organisation, given: GivenRole) -> tuple[QueueRecord, ...]:
    """The active queues in which a role holds."""
    return tuple(
        queue for queue in organisation.queues.values() if queue.is_active and _holds(given, queue)
    )


def given_by(row: StaffRole) -> GivenRole:
    """What one row of roles gives."""
    return GivenRole(Role(row.role), row.department_id, row.queue_id)


def _holds(given: GivenRole, queue: QueueRecord) -> bool:
    if given.queue_id is not None:
        return queue.id == given.queue_id
    if given.department_id is not None:
        return queue.department_id == given.department_id
    return not queue.is_sensitive


def colleagues_of_queue(jurisdiction: Jurisdiction, queue: QueueRecord) -> tuple[Colleague, ...]:
    """Who may be given work of this queue, by name: everybody who may act in it."""
    return colleagues_of_queues(jurisdiction, [queue])


def colleagues_of_queues(
    jurisdiction: Jurisdiction, queues: Collection[QueueRecord]
) -> tuple[Colleague, ...]:
    """Who may be given work of any of these queues, by name. One statement."""
    roles = StaffRole.objects.filter(jurisdiction=jurisdiction, account__is_active=True)
    allowed = roles.exclude(role=Role.VIEWER.value).select_related("account")
    found = {
        row.account_id: _colleague(row.account)
        for row in allowed
        if any(_holds(given_by(row), queue) for queue in queues)
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
            row.account_id: _colleague(row.account)
            for row in allowed
            if row.queue_id is None and row.department_id in {None, department_id}
        }
        for department_id in department_ids
    }
    return {
        department_id: tuple(sorted(people.values(), key=lambda one: one.name.casefold()))
        for department_id, people in found.items()
    }


def _colleague(account: Account) -> Colleague:
    return Colleague(
        account.pk, account.name or account.email, account.absent_from, account.absent_to
    )


def _departments(organisation: Organisation, roles: Iterable[GivenRole]) -> frozenset[int]:
    """The departments whose work orders the roles may work on; who only looks on works on none.

    A role in one queue is none of its whole department.
    """
    held = [one for one in roles if one.role is not Role.VIEWER and one.queue_id is None]
    if any(one.is_everywhere for one in held):
        return frozenset(organisation.departments)
    return frozenset(one.department_id for one in held if one.department_id is not None)


def account_names(account_ids: Iterable[int]) -> dict[int, str]:
    """How these accounts are called in front of colleagues; one statement."""
    rows = Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "name", "email")
    return {pk: name or email for pk, name, email in rows}


def forget_sessions() -> int:
    """Delete sessions that ended; return how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
