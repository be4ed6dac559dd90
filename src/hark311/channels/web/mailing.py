"""How much mail visitors may cause."""

from datetime import timedelta

from django.http import HttpRequest

from hark311.access.allowance import spend
from hark311.platform import clock
from hark311.platform.client import client_of

TO_ONE_ADDRESS, FROM_ONE_CLIENT, WITHIN = 5, 20, timedelta(hours=1)


def spend_on_mail(request: HttpRequest, address: str) -> None:
    """Raises TooMany after five mails to one address, or twenty from one client, in an hour."""
    now = clock.now()
    spend("mail_from", client_of(request), at_most=FROM_ONE_CLIENT, within=WITHIN, now=now)
    spend("mail_to", address, at_most=TO_ONE_ADDRESS, within=WITHIN, now=now)
