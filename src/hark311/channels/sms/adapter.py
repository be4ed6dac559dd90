"""Reads what was told in texts as a draft, and words receipts for the small screen."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.domain.conversation_records import Talk
from hark311.domain.draft import IntakeDraft, Receipt, ReplyDraft, ReplyKind
from hark311.domain.vocabulary import Channel
from hark311.intake.conversing import draft_of
from hark311.platform.languages import written_language

CHANNEL = Channel.SMS


def read(
    talk: Talk, *, jurisdiction_id: int, key: str, sender: str, received_at: datetime
) -> IntakeDraft:
    """The report as every channel hands it over. key: of the message that sent it."""
    return draft_of(
        talk,
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=f"text:{key}",
        received_at=received_at,
        sender=sender,
        recorded="",
    )


def read_reply(
    kind: ReplyKind,
    text: str,
    *,
    jurisdiction_id: int,
    key: str,
    sender: str,
    language: str,
    received_at: datetime,
    pictures: tuple[str, ...] = (),
) -> ReplyDraft:
    """More about a case as every channel hands it over."""
    return ReplyDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=f"text:{key}",
        received_at=received_at,
        language=language,
        kind=kind,
        text=text,
        attachments=pictures,
        phone=sender,
    )


def word(receipt: Receipt) -> str:
    """The answer with the number and where to follow it, in the receipt's language."""
    with override(written_language(receipt.language)):
        where = f"{settings.PUBLIC_URL}{reverse('web:track')}"
        return _("We have your report. Its number is %(number)s. Follow it: %(link)s") % {
            "number": receipt.number,
            "link": where,
        }
