"""Reads what a provider posts about a text message."""

from collections.abc import Mapping
from dataclasses import dataclass

from hark311.domain.errors import UnreadablePayload
from hark311.domain.vocabulary import Channel

# Providers join parts; nobody types more than this on a telephone.
LONGEST = 4_000
MOST_PICTURES = 10


@dataclass(frozen=True, slots=True)
class Text:
    """One text message. key: the provider's id, by which a second try is known."""

    key: str
    sender: str
    words: str
    pictures: tuple[str, ...]


def read(form: Mapping[str, str]) -> Text:
    """Pure: the same form reads the same.

    Raises UnreadablePayload without an id or a sender.
    """
    key = form.get("MessageSid", "").strip() or form.get("SmsSid", "").strip()
    sender = form.get("From", "").strip()
    for name, value in (("MessageSid", key), ("From", sender)):
        if not value or len(value) > 64:
            raise UnreadablePayload(channel=Channel.SMS.value, field=name, reason="missing")
    counted = form.get("NumMedia", "0")
    count = int(counted) if counted.isdecimal() and len(counted) < 3 else 0
    urls = (form.get(f"MediaUrl{place}", "") for place in range(min(count, MOST_PICTURES)))
    return Text(
        key=key,
        sender=sender,
        words=form.get("Body", "").replace("\x00", "").strip()[:LONGEST],
        pictures=tuple(url for url in urls if url),
    )
