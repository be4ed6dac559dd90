"""Keeps the password that a member of staff chose for themselves."""

from django.db import transaction

from hark311.cases.administration.office import note
from hark311.domain.actor import Actor
from hark311.domain.errors import NotAllowed, NotFound
from hark311.domain.vocabulary import EventKind
from hark311.government.models import Account, Jurisdiction
from hark311.platform import clock


@transaction.atomic
def choose_password(password: str, *, actor: Actor) -> Account:
    """The account with its new password; every session but a new one ends.

    Whether the password is a good one is for the form to say.

    Raises NotAllowed for an actor without an account, NotFound for a closed one.
    """
    if actor.account_id is None:
        raise NotAllowed(reason="signed_out")
    jurisdiction = Jurisdiction.objects.select_for_update(no_key=True).get(pk=actor.jurisdiction_id)
    account = (
        Account.objects.select_for_update(no_key=True)
        .filter(pk=actor.account_id, is_active=True)
        .first()
    )
    if account is None:
        raise NotFound(what="account")
    account.set_password(password)
    account.save(update_fields=["password"])
    note(jurisdiction, EventKind.PASSWORD_CHOSEN, account.pk, actor=actor, at=clock.now())
    return account
