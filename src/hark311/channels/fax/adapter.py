"""Reads a fax as a draft, and words the receipt of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.fax.forms import Filled
from hark311.channels.fax.incoming import Incoming
from hark311.domain.draft import Contact, IntakeDraft, Receipt
from hark311.domain.vocabulary import Channel

CHANNEL = Channel.FAX
LONGEST_TEXT = 4000


def read(
    fax: Incoming, words: str, filled: Filled | None, *, jurisdiction_id: int, language: str
) -> IntakeDraft:
    """What the pages say, as every channel hands it over. Pure: the same pages read the same.

    words: of a free letter. filled: a form of ours among the pages; its boxes count first.
    """
    values: Mapping[str, str] = filled.values if filled else {}
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=fax.source_key,
        received_at=fax.received_at,
        language=filled.form.language if filled else language,
        service_code=filled.form.service_code if filled else "",
        description=(values.get("description") or words)[:LONGEST_TEXT],
        address_text=_line(values.get("address", "")),
        contact=Contact(
            name=_line(values.get("name", "")),
            phone=_line(values.get("phone", "")) or fax.sender,
            email=_line(values.get("email", "")).replace(" ", "").lower(),
        ),
        original=fax.key,
    )


def content_of(draft: IntakeDraft, notes: str) -> Mapping[str, Any]:
    """A draft as the inbox keeps it, until an agent makes a case of it."""
    point, contact = draft.point, draft.contact
    return {
        "description": draft.description,
        "service_code": draft.service_code,
        "address_text": draft.address_text,
        "point": {"lat": str(point.lat), "lon": str(point.lon)} if point else {},
        "contact": {
            "name": contact.name,
            "phone": contact.phone,
            "email": contact.email,
            "wants_updates": True,
        },
        "wants_public": True,
        "notes": notes,
    }


def word(receipt: Receipt) -> str:
    """The answer in one sentence, in the receipt's language."""
    with override(receipt.language):
        return _("We have your fax. Its number is %(number)s.") % {"number": receipt.number}


def _line(words: str) -> str:
    return " ".join(words.split())[:200]
