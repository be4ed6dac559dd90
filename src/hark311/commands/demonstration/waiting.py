"""A few drafts in the inbox of a demonstration: what came by ways that an agent confirms."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hark311.contacts.actions import Touch, add_message
from hark311.contacts.drafts import begin_draft
from hark311.contacts.models import Interaction
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class _Sent:
    """key: what it is known again by. ago: how long before the first start it came."""

    key: str
    channel: Channel
    language: str
    text: str
    ago: timedelta


_SENT = (
    _Sent(
        "demo-fax",
        Channel.FAX,
        "en",
        "The bench at the bus stop across from the library is broken. One board has a nail"
        " that sticks out.",
        timedelta(hours=5),
    ),
    _Sent(
        "demo-email",
        Channel.EMAIL,
        "es",
        "Buenos días. Hace tres semanas que no hay luz en la esquina de mi casa. Por la noche"
        " no se ve nada. Gracias.",
        timedelta(hours=3),
    ),
    _Sent(
        "demo-voice",
        Channel.PHONE,
        "en",
        "Hi, there is water coming up through the street near the school, and it is getting"
        " worse. You can call me back.",
        timedelta(minutes=40),
    ),
    _Sent(
        "demo-mention",
        Channel.SOCIAL,
        "en",
        "Third week without recycling pickup on our block. Anybody there?",
        timedelta(minutes=15),
    ),
)


def ensure_drafts(jurisdiction: Jurisdiction, *, now: datetime) -> None:
    """Make what never was there; what an agent has confirmed or put away stays so."""
    for sent in _SENT:
        _ensure(sent, jurisdiction, now - sent.ago)


def _ensure(sent: _Sent, jurisdiction: Jurisdiction, at: datetime) -> None:
    known = Interaction.objects.filter(
        jurisdiction=jurisdiction, channel=sent.channel.value, source_key=sent.key
    )
    if known.exists():
        return
    touch = Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=sent.channel,
        kind=InteractionKind.REQUEST,
        language=sent.language,
        at=at,
        source_key=sent.key,
    )
    draft = begin_draft(touch, {"description": sent.text})
    add_message(draft.interaction, sent.text, at=at, handled_at=at)
