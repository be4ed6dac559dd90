"""What every change of who works here needs: the lock, the giver's rights, the pen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hark311.access.policy import Permission, require
from hark311.cases.ledger import record
from hark311.domain.actor import Actor, Role
from hark311.domain.errors import DoesNotApply, NotAllowed, NotFound
from hark311.domain.staffing import GivenRole, Giver
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.government.accounts import given_roles
from hark311.government.models import Account, Jurisdiction, StaffRole


def lock_office(actor: Actor) -> Jurisdiction:
    """The actor's jurisdiction, locked: changes of who works in it come one after the other.

    Raises NotAllowed.
    """
    require(actor, Permission.MANAGE_PEOPLE)
    return Jurisdiction.objects.select_for_update(no_key=True).get(pk=actor.jurisdiction_id)


def giver(actor: Actor, jurisdiction: Jurisdiction) -> Giver:
    """Raises NotAllowed for an actor without an account."""
    if actor.account_id is None:
        raise NotAllowed(reason="signed_out")
    return Giver(actor.account_id, given_roles(actor.account_id, jurisdiction))


def lock_colleague(account_id: int, jurisdiction: Jurisdiction) -> Account:
    """An account that has a role here, locked. Raises NotFound."""
    if not StaffRole.objects.filter(account=account_id, jurisdiction=jurisdiction).exists():
        raise NotFound(what="account")
    return Account.objects.select_for_update(no_key=True).get(pk=account_id)


def require_over(account: Account, actor: Actor, jurisdiction: Jurisdiction) -> None:
    """Let an administrator act on a colleague, never on themselves.

    Raises DoesNotApply(reason="own_roles"), and NotAllowed for one with roles elsewhere.
    """
    by = giver(actor, jurisdiction)
    if by.account_id == account.pk:
        raise DoesNotApply(reason="own_roles")
    if not all(by.may_give(one) for one in given_roles(account.pk, jurisdiction)):
        raise NotAllowed(permission=Permission.MANAGE_PEOPLE.value)


def other_leaders(account_id: int, jurisdiction: Jurisdiction) -> int:
    """How many others, at work, administer the whole jurisdiction."""
    return (
        StaffRole.objects.filter(
            jurisdiction=jurisdiction,
            role=Role.ADMIN.value,
            department__isnull=True,
            account__is_active=True,
        )
        .exclude(account=account_id)
        .count()
    )


def note(
    jurisdiction: Jurisdiction,
    kind: EventKind,
    account_id: int,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write the fact; it names the account by its id and nobody by name."""
    record(
        jurisdiction,
        kind,
        actor=actor,
        at=at,
        facts={"account": account_id, **(facts or {})},
        visibility=Visibility.STAFF,
    )


def in_words(given: frozenset[GivenRole]) -> list[dict[str, Any]]:
    """Roles as a fact keeps them, in one order."""
    ordered = sorted(
        given, key=lambda one: (one.role.value, one.department_id or 0, one.queue_id or 0)
    )
    return [
        {"role": one.role.value, "department": one.department_id, "queue": one.queue_id}
        for one in ordered
    ]


def write_roles(
    account_id: int, before: frozenset[GivenRole], after: frozenset[GivenRole], place: Jurisdiction
) -> None:
    """Bring the rows of roles from ``before`` to ``after``."""
    for gone in before - after:
        StaffRole.objects.filter(
            account=account_id,
            jurisdiction=place,
            role=gone.role.value,
            department=gone.department_id,
            queue=gone.queue_id,
        ).delete()
    StaffRole.objects.bulk_create(
        StaffRole(
            account_id=account_id,
            jurisdiction=place,
            role=new.role.value,
            department_id=new.department_id,
            queue_id=new.queue_id,
        )
        for new in after - before
    )
