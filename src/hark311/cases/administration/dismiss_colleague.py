"""Lets a colleague sign in no more, and gives back whatever they held."""

from django.db import transaction

from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.administration.office import (
    lock_colleague,
    lock_office,
    note,
    other_leaders,
    require_over,
)
from hark311.cases.models import Incident
from hark311.contacts.claims import release_all
from hark311.domain.actor import Actor, system_actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind
from hark311.government.accounts import given_roles
from hark311.government.models import Account, Jurisdiction, StaffRole
from hark311.platform import clock


@transaction.atomic
def dismiss_colleague(account_id: int, *, actor: Actor) -> int:
    """Close the account at once, wherever it is signed in; return how many incidents came free.

    Their work goes back to its queues. An account that also works for another government keeps
    that and loses its roles here.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``own_roles``, ``last_admin`` or
    ``unchanged``.
    """
    jurisdiction = lock_office(actor)
    account = lock_colleague(account_id, jurisdiction)
    require_over(account, actor, jurisdiction)
    if not account.is_active:
        raise DoesNotApply(reason="unchanged")
    leads = any(one.leads_the_city for one in given_roles(account_id, jurisdiction))
    if leads and not other_leaders(account_id, jurisdiction):
        raise DoesNotApply(reason="last_admin")
    freed = _hand_back(account_id, jurisdiction)
    release_all(account_id, [jurisdiction.pk])
    _close(account, jurisdiction)
    note(
        jurisdiction,
        EventKind.COLLEAGUE_LEFT,
        account_id,
        actor=actor,
        at=clock.now(),
        facts={"incidents": freed},
    )
    return freed


def _hand_back(account_id: int, jurisdiction: Jurisdiction) -> int:
    """Take the open incidents of an account from it, each with its own event, by the system."""
    held = (
        Incident.objects.filter(
            jurisdiction=jurisdiction, assignee=account_id, merged_into__isnull=True
        )
        .exclude(state=State.CLOSED.value)
        .order_by("id")
        .values_list("pk", flat=True)
    )
    ids = list(held)
    for incident_id in ids:
        assign_incident(incident_id, None, actor=system_actor(jurisdiction.pk))
    return len(ids)


def _close(account: Account, jurisdiction: Jurisdiction) -> None:
    """A new, unusable password ends every session that the old one began."""
    elsewhere = StaffRole.objects.filter(account=account).exclude(jurisdiction=jurisdiction)
    if elsewhere.exists():
        StaffRole.objects.filter(account=account, jurisdiction=jurisdiction).delete()
        return
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
