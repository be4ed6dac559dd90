"""Takes a colleague's password from them, as when it may be known to others."""

from django.db import transaction

from hark311.cases.administration.office import lock_colleague, lock_office, note, require_over
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind
from hark311.government.models import Account
from hark311.platform import clock


@transaction.atomic
def reset_password(account_id: int, *, actor: Actor) -> Account:
    """Sign a colleague out everywhere; they choose a new password by the letter that follows.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``own_roles`` or ``left``.
    """
    jurisdiction = lock_office(actor)
    account = lock_colleague(account_id, jurisdiction)
    require_over(account, actor, jurisdiction)
    if not account.is_active:
        raise DoesNotApply(reason="left")
    account.set_unusable_password()
    account.save(update_fields=["password"])
    note(jurisdiction, EventKind.PASSWORD_RESET, account_id, actor=actor, at=clock.now())
    return account
