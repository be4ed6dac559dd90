"""Writes residents' accounts: made when an address is first proved, changed by who holds them."""

from datetime import datetime

from django.db import transaction

from hark311.domain.errors import DoesNotApply, LinkExpired
from hark311.government.models import Account


def is_staff_address(address: str) -> bool:
    """True for the address of somebody with a role; they sign in at their own door."""
    return Account.objects.filter(email__iexact=address, staff_roles__isnull=False).exists()


@transaction.atomic
def account_for(address: str, *, language: str, now: datetime) -> Account:
    """The account of a proved address, made at the first sign-in.

    Raises LinkExpired for an account that was switched off, or has become staff's.
    """
    account = Account.objects.filter(email__iexact=address).first()
    if account is None:
        account = Account(email=address, language=language, joined_at=now)
        account.set_unusable_password()
        account.save()
    if not account.is_active or account.staff_roles.exists():
        raise LinkExpired(kind="sign_in")
    return account


def rename(account: Account, *, name: str, language: str) -> None:
    """Keep the name and the language of pages and mail."""
    account.name, account.language = name.strip()[:120], language
    account.save(update_fields=["name", "language"])


def end_other_sessions(account: Account) -> None:
    """Sign the account out on every device; who calls keeps the present session alive.

    A resident's account has no password: the secret that stands in its place is what the
    sessions hang on.
    """
    account.set_unusable_password()
    account.save(update_fields=["password"])


def change_address(account: Account, address: str) -> str:
    """Sign in with ``address``, which is proved, from now on; return the address before.

    Raises DoesNotApply if another account signs in with it.
    """
    if Account.objects.filter(email__iexact=address).exclude(pk=account.pk).exists():
        raise DoesNotApply(reason="address_taken")
    before, account.email = account.email, address
    account.save(update_fields=["email"])
    return before
