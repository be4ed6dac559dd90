"""How much mail visitors may cause, and the links that stand in it."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from hark311.access.allowance import spend
from hark311.domain.errors import TooMany
from hark311.government.address import base_of
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.client import client_of

TO_ONE_ADDRESS, FROM_ONE_CLIENT, WITHIN = 5, 20, timedelta(hours=1)
# Reports that may name one address whose owner has not shown to be the one who reports.
REPORTS_TO_ONE_ADDRESS = 10


def spend_on_mail(request: HttpRequest, address: str) -> None:
    """Raises TooMany after five mails to one address, or twenty from one client, in an hour."""
    now = clock.now()
    spend("mail_from", client_of(request), at_most=FROM_ONE_CLIENT, within=WITHIN, now=now)
    spend("mail_to", address, at_most=TO_ONE_ADDRESS, within=WITHIN, now=now)


def mail_link(jurisdiction: Jurisdiction, page: str, *parts: str, token: str) -> str:
    """A page with its secret for a letter: at the city's own address, whoever asked for it how."""
    return f"{base_of(jurisdiction)}{reverse(page, args=parts)}?t={token}"


def may_write_about_report(address: str) -> bool:
    """False once ten reports in an hour named this address: it may be a stranger's."""
    try:
        spend(
            "report_mail_to",
            address,
            at_most=REPORTS_TO_ONE_ADDRESS,
            within=WITHIN,
            now=clock.now(),
        )
    except TooMany:
        return False
    return True
