"""Tries mail: a server that sends, a mailbox that is read, a mail that goes round."""

import smtplib
import time
from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from hark311.commands.trying_channels.step import Step
from hark311.platform.mailbox import AWAY, DONE, TEST_HEADER, Address, Mailbox, address_of
from hark311.platform.sender import own_address, own_domain

ROUND_TRIP_S = 60.0
_LOOK_EVERY_S = 1.0


def steps() -> Iterator[Step]:
    """Send a mail to the city's own signed address, and wait for it in the mailbox."""
    if settings.EMAIL_FILE_PATH:
        yield Step(f"mail lies in {settings.EMAIL_FILE_PATH}: set EMAIL_URL to send it", False)
        return
    name = f"test-{uuid4().hex}"
    fault = _sent(name)
    yield Step(fault or f"{settings.EMAIL_HOST} took a mail to {_to(name)}", not fault)
    if not settings.IMAP_URL:
        yield Step("no mailbox is read: set HARK311_IMAP_URL, or HARK311_MAIL_PROVIDER", False)
        return
    address = address_of(settings.IMAP_URL)
    try:
        took_s = _arrived(name, address)
    except AWAY as away:
        yield Step(f"the mailbox at {address.host} cannot be read: {away}", False)
        return
    if took_s is None:
        yield Step(_LOST % {"to": _to(name), "folder": address.folder}, False)
        return
    yield Step(f"it lay in {address.folder} after {took_s:.1f} s")


_LOST = (
    "the mail never came to the folder %(folder)s: does the server deliver %(to)s there? Addresses"
    " with + must reach the same mailbox"
)


def _to(name: str) -> str:
    return f"reply+{name}@{own_domain()}"


def _sent(name: str) -> str:
    """What went wrong, "" if nothing did."""
    mail = EmailMessage(
        "Hark311: this mail goes round",
        "Nobody has to read it.",
        own_address(),
        [_to(name)],
        headers={"Message-ID": f"<{name}@{own_domain()}>", TEST_HEADER: "yes"},
    )
    try:
        get_connection().send_messages([mail])
    except (smtplib.SMTPException, OSError) as error:
        return f"{settings.EMAIL_HOST} took no mail: {error}"
    return ""


def _arrived(name: str, address: Address) -> float | None:
    """After how long the mail lay in the mailbox; None if it did not come in a minute."""
    started = time.monotonic()
    while (waited_s := time.monotonic() - started) < ROUND_TRIP_S:
        for folder in (address.folder, DONE):
            with Mailbox(address.in_folder(folder)) as box:
                if any(name in one for one in box.ids()):
                    return waited_s
        time.sleep(_LOOK_EVERY_S)
    return None
