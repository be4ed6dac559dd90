"""A mail on its way in, with what was found out about it."""

from dataclasses import dataclass
from datetime import datetime

from hark311.channels.email.mail import Mail
from hark311.channels.email.threads import Thread
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class Incoming:
    """text: what is new in it. original: where it is kept as it came. at: local."""

    mail: Mail
    thread: Thread
    jurisdiction: Jurisdiction
    language: str
    text: str
    original: str
    at: datetime
