"""Gives a colleague other roles."""

from django.db import transaction

from hark311.cases.administration.office import (
    giver,
    in_words,
    lock_colleague,
    lock_office,
    note,
    other_leaders,
    write_roles,
)
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.staffing import GivenRole, require_change
from hark311.domain.vocabulary import EventKind
from hark311.government.accounts import given_roles
from hark311.government.models import Account
from hark311.platform import clock


@transaction.atomic
def set_roles(account_id: int, given: frozenset[GivenRole], *, actor: Actor) -> Account:
    """Let a colleague have exactly these roles from the next page that they open.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``own_roles``, ``last_admin``,
    ``no_role`` or ``unchanged``.
    """
    jurisdiction = lock_office(actor)
    account = lock_colleague(account_id, jurisdiction)
    before = given_roles(account_id, jurisdiction)
    if not given:
        raise DoesNotApply(reason="no_role")
    require_change(
        giver(actor, jurisdiction),
        account_id,
        before,
        given,
        other_leaders=other_leaders(account_id, jurisdiction),
    )
    write_roles(account_id, before, given, jurisdiction)
    facts = {"before": in_words(before), "roles": in_words(given)}
    note(
        jurisdiction,
        EventKind.ROLES_SET,
        account_id,
        actor=actor,
        at=clock.now(),
        facts=facts,
    )
    return account
