"""Reads the report of a mail server that a mail did not arrive (RFC 3464), or words to that end."""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

from hark311.channels.email.mail import head

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SENDERS = re.compile(r"^(.*<)?(mailer-daemon|postmaster)@", re.IGNORECASE)
_UNKNOWN = "5.0.0"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that came back. status: of RFC 3463. is_final: it will not be tried again.

    about: what the report quotes of it, in which the name of the mail stands.
    """

    status: str
    is_final: bool
    about: str


def bounce_of(message: EmailMessage, raw: bytes) -> Bounce | None:
    """The report that a message is; None if it is none.

    Servers that write no report in the standard form are known by who they say they are.
    """
    quoted = raw.decode("utf-8", "replace")
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            return _reported(part, quoted)
    if not _SENDERS.match(head(message, "From")):
        return None
    found = _STATUS.search(quoted)
    status = found[1] if found else _UNKNOWN
    return Bounce(status, is_final=not status.startswith("2"), about=quoted)


def _reported(report: Message, quoted: str) -> Bounce:
    groups = report.get_payload()
    blocks = [one for one in groups if isinstance(one, Message)] if isinstance(groups, list) else []
    actions = {str(one.get("Action", "")).strip().lower() for one in blocks} - {""}
    statuses = [str(one.get("Status", "")) for one in blocks if one.get("Status")]
    found = _STATUS.search(" ".join(statuses))
    return Bounce(found[1] if found else _UNKNOWN, is_final="failed" in actions, about=quoted)
