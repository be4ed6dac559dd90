"""Reads what was said on a network as a draft, and words the receipt of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.social.said import LONGEST_TEXT, Said
from hark311.domain.draft import Contact, IntakeDraft, Receipt
from hark311.domain.vocabulary import Channel

CHANNEL = Channel.SOCIAL


def read(said: Said, *, jurisdiction_id: int, language: str) -> IntakeDraft:
    """What was said, as every channel hands it over. Pure: the same words read the same."""
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=said.source_key,
        received_at=said.at,
        language=language,
        description=said.text[:LONGEST_TEXT],
        point=said.point,
        contact=Contact(name=said.author_name, phone=said.phone),
        media_urls=said.pictures,
    )


def content_of(draft: IntakeDraft) -> Mapping[str, Any]:
    """A draft as the inbox keeps it, until an agent makes a case of it."""
    point = draft.point
    return {
        "description": draft.description,
        "service_code": draft.service_code,
        "address_text": draft.address_text,
        "point": {"lat": str(point.lat), "lon": str(point.lon)} if point else {},
        "contact": {
            "name": draft.contact.name,
            "phone": draft.contact.phone,
            "wants_updates": True,
        },
        "wants_public": True,
    }


def word(receipt: Receipt) -> str:
    """The answer in one sentence, in the receipt's language."""
    with override(receipt.language):
        return _("We have your report. Its number is %(number)s.") % {"number": receipt.number}
