"""Sends a notice as a text message: what is new, and where to read it."""

from django.conf import settings
from django.urls import reverse

from hark311.contacts.consents import consent_of
from hark311.notifications.letters import Letter, NothingToTell
from hark311.notifications.models import Notice
from hark311.platform.texts import send_text

CHANNEL = "sms"


def require_wanted(notice: Notice) -> None:
    """Raises NothingToTell if the reader wants no texts any more."""
    person = notice.person
    if not person.wants_updates or not consent_of(notice.jurisdiction_id, person.phone):
        raise NothingToTell("not_wanted")


def send(notice: Notice, letter: Letter) -> None:
    """Hand the short form of a letter to the provider.

    Raises TextRefused, and OSError while the provider is away.
    """
    where = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('sms:receipt')}"
    send_text(notice.person.phone, letter.short, receipts_at=where)
