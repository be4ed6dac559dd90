"""The way in for staff: a link by which somebody chooses a password, once."""

from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from hark311.access.links import LinkKind, read_timed, timed_token
from hark311.domain.errors import LinkExpired
from hark311.government.models import Account

ENTRY_LASTS = timedelta(days=3)


def entry_token(account: Account) -> str:
    """A token that opens the account until its password changes, or for three days."""
    return timed_token(LinkKind.STAFF, f"{account.pk}:{_mark(account)}")


def account_behind(token: str) -> Account:
    """The account that a token opens.

    Raises LinkExpired if it is too old, used, not ours, or the account is closed.
    """
    account_id, _colon, mark = read_timed(LinkKind.STAFF, token, within=ENTRY_LASTS).partition(":")
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not constant_time_compare(_mark(account), mark):
        raise LinkExpired(kind=LinkKind.STAFF.value)
    return account


def _mark(account: Account) -> str:
    """What changes with the password, and tells nothing of it."""
    return salted_hmac("hark311.entry", account.password, algorithm="sha256").hexdigest()[:24]
