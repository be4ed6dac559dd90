"""Reads a mail as a draft or as more about a case, and words the receipt of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.email.mail import Mail
from hark311.domain.draft import Contact, IntakeDraft, Receipt, ReplyDraft, ReplyKind
from hark311.domain.vocabulary import Channel

CHANNEL = Channel.EMAIL
LONGEST_TEXT = 4000


def read(
    mail: Mail, text: str, *, jurisdiction_id: int, language: str, received_at: datetime
) -> IntakeDraft:
    """What a stranger wrote, as every channel hands it over. Pure: the same mail reads the same."""
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=mail.source_key,
        received_at=received_at,
        language=language,
        description=with_subject(mail.subject, text),
        contact=Contact(name=mail.sender_name, email=mail.sender),
    )


def read_reply(
    mail: Mail,
    text: str,
    kind: ReplyKind,
    *,
    jurisdiction_id: int,
    language: str,
    received_at: datetime,
    pictures: tuple[str, ...] = (),
    original: str = "",
) -> ReplyDraft:
    """More about a case as every channel hands it over; the sender's address is what they claim."""
    return ReplyDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=f"{mail.source_key}:{kind.value}"[:200],
        received_at=received_at,
        language=language,
        kind=kind,
        text=text[:LONGEST_TEXT],
        attachments=pictures,
        email=mail.sender,
        original=original,
    )


def content_of(draft: IntakeDraft, **more: object) -> Mapping[str, Any]:
    """A draft as the inbox keeps it, until an agent makes a case of it."""
    return {
        "description": draft.description,
        "service_code": draft.service_code,
        "address_text": draft.address_text,
        "point": {"lat": str(draft.point.lat), "lon": str(draft.point.lon)} if draft.point else {},
        "contact": {
            "name": draft.contact.name,
            "email": draft.contact.email,
            "wants_updates": True,
        },
        "wants_public": True,
        **more,
    }


def with_subject(subject: str, text: str) -> str:
    """The words of a mail; its subject begins them unless they say the same."""
    said = text.strip()
    begins = subject.strip()
    whole = said if begins.lower() in said.lower() else f"{begins}\n\n{said}"
    return whole.strip()[:LONGEST_TEXT]


def word(receipt: Receipt) -> str:
    """The answer in one sentence, in the receipt's language."""
    with override(receipt.language):
        return _("We have your mail. Its number is %(number)s.") % {"number": receipt.number}
