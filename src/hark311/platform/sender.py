"""The address that all mail of this place comes from, and the part of it behind the @."""

from email.utils import parseaddr

from django.conf import settings


def own_address() -> str:
    """The address alone, without a name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def own_domain() -> str:
    """Where answers are taken."""
    return own_address().rpartition("@")[2] or "localhost"
