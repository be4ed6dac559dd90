"""Knows again what a provider has handed in already, by the digest of what was signed."""

from datetime import datetime

from hark311.contacts.actions import KEYS_KEPT
from hark311.contacts.models import Delivery
from hark311.domain.vocabulary import Channel
from hark311.platform import clock, planned


def is_first(channel: Channel, digest: str, *, at: datetime) -> bool:
    """Note a delivery; False if it came before.

    Call inside the transaction that keeps what came, so that a failed one may come again.
    """
    return planned.insert(Delivery(channel=channel.value, digest=digest, at=at), unless_known=True)


def forget_deliveries() -> int:
    """Let go of digests after 30 days; return how many."""
    return Delivery.objects.filter(at__lt=clock.now() - KEYS_KEPT).delete()[0]
