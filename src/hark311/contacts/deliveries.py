"""Counts how the sending of text messages ended, so that an outage is seen."""

from hark311.contacts import tallies
from hark311.domain.vocabulary import Channel
from hark311.platform import clock

_ENDS = frozenset({"delivered", "failed", "undelivered"})


def note_delivery(status: str, error: str) -> None:
    """Count a message that arrived or did not; what is between is not counted."""
    if status in _ENDS:
        code = error if error.isdecimal() and len(error) < 8 else ""
        name = f"sent:{status}:{code}" if code else f"sent:{status}"
        tallies.count([name], Channel.SMS, jurisdiction_id=None, at=clock.now())
