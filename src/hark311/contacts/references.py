"""Reads which case a touch led to, from the reference that its sender was given."""

from hark311.contacts.models import Interaction
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Channel
from hark311.government.models import Jurisdiction


def case_number_behind(jurisdiction: Jurisdiction, reference: str, channel: Channel) -> str:
    """The number of the case that an interaction on this channel opened.

    Raises NotFound(what="token") for another channel's or jurisdiction's reference, and for
    a touch that opened none.
    """
    number = (
        Interaction.objects.filter(
            jurisdiction=jurisdiction,
            reference=reference,
            channel=channel.value,
            outcome="case",
        )
        .values_list("case_number", flat=True)
        .first()
    )
    if not number:
        raise NotFound(what="token")
    return number
