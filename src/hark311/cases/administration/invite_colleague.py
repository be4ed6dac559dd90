"""Gives somebody their first roles; the letter with the way in is the caller's to send."""

from django.db import transaction

from hark311.cases.administration.office import giver, in_words, lock_office, note, write_roles
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.staffing import GivenRole, require_change
from hark311.domain.vocabulary import EventKind
from hark311.government.accounts import given_roles
from hark311.government.models import Account
from hark311.platform import clock


@transaction.atomic
def invite_colleague(
    email: str, name: str, given: frozenset[GivenRole], *, actor: Actor, language: str = "en"
) -> Account:
    """The account that may sign in here once its holder has chosen a password.

    A resident's account becomes staff's: whoever is signed in with it is signed out.

    Raises NotAllowed, and DoesNotApply with reason ``works_here`` or ``no_role``.
    """
    jurisdiction = lock_office(actor)
    now = clock.now()
    if not given:
        raise DoesNotApply(reason="no_role")
    account = Account.objects.select_for_update(no_key=True).filter(email__iexact=email).first()
    if account is None:
        account = Account(email=email.lower(), language=language, joined_at=now)
    elif given_roles(account.pk, jurisdiction):
        raise DoesNotApply(reason="works_here")
    if not account.has_usable_password() or not account.is_active:
        account.set_unusable_password()
    account.name, account.is_active = name.strip()[:120], True
    account.save()
    require_change(giver(actor, jurisdiction), account.pk, frozenset(), given, other_leaders=1)
    write_roles(account.pk, frozenset(), given, jurisdiction)
    facts = {"roles": in_words(given)}
    note(jurisdiction, EventKind.COLLEAGUE_INVITED, account.pk, actor=actor, at=now, facts=facts)
    return account
