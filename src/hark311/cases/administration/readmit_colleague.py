"""Lets somebody back in who had left, with the roles they had."""

from django.db import transaction

from hark311.cases.administration.office import lock_colleague, lock_office, note, require_over
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind
from hark311.government.models import Account
from hark311.platform import clock


@transaction.atomic
def readmit_colleague(account_id: int, *, actor: Actor) -> Account:
    """Open the account again; its holder chooses a new password by the letter that follows.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``unchanged``.
    """
    jurisdiction = lock_office(actor)
    account = lock_colleague(account_id, jurisdiction)
    require_over(account, actor, jurisdiction)
    if account.is_active:
        raise DoesNotApply(reason="unchanged")
    account.is_active = True
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    note(jurisdiction, EventKind.COLLEAGUE_BACK, account_id, actor=actor, at=clock.now())
    return account
