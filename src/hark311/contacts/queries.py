"""Reads drafts, and what was said in the touches that they came with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.contacts.claims import holder_of, is_held
from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Channel

_WAITING = ("open", "claimed")


@dataclass(frozen=True, slots=True)
class DraftToConfirm:
    """A draft with everything in it, for whoever holds it.

    original: what the person sent, as it was sent. handed_to: a hotline or a department, "" if
    nobody was handed over. holder_id: None if nobody holds it at the instant asked about.
    """

    draft_id: int
    reference: str
    channel: Channel
    language: str
    content: Mapping[str, Any]
    version: int
    holder_id: int | None
    handed_to: str
    original: tuple[str, ...]
    media_urls: tuple[str, ...]
    started_at: datetime
    # Storage keys of the pictures that came with it, and of the message as it came.
    pictures: tuple[str, ...] = ()
    original_key: str = ""


def message_case_number(message_id: int, jurisdiction_id: int) -> str:
    """The number of the case that a message is about, "" if none. Raises NotFound."""
    row = Message.objects.filter(pk=message_id, interaction__jurisdiction_id=jurisdiction_id)
    number = row.values_list("interaction__case_number", flat=True).first()
    if number is None:
        raise NotFound(what="message")
    return number


def is_taken(jurisdiction_id: int, channel: Channel, source_key: str) -> bool:
    """True if a touch with this key came before on this channel."""
    return Interaction.objects.filter(
        jurisdiction_id=jurisdiction_id, channel=channel.value, source_key=source_key
    ).exists()


def draft_to_confirm(draft_id: int, jurisdiction_id: int, *, at: datetime) -> DraftToConfirm:
    """Two statements. Raises NotFound, also for a draft that is done."""
    row = (
        Draft.objects.filter(
            pk=draft_id, state__in=_WAITING, interaction__jurisdiction_id=jurisdiction_id
        )
        .select_related("interaction")
        .first()
    )
    if row is None:
        raise NotFound(what="draft")
    said = list(row.interaction.messages.filter(is_inbound=True).order_by("at", "id"))
    return DraftToConfirm(
        draft_id=row.pk,
        reference=row.interaction.reference,
        channel=Channel(row.interaction.channel),
        language=row.interaction.language,
        content=row.content,
        version=row.version,
        holder_id=holder_of(row, at=at),
        handed_to=row.interaction.handed_to,
        original=tuple(message.text for message in said if message.text),
        media_urls=tuple(url for message in said for url in message.media_urls),
        started_at=row.interaction.started_at,
        pictures=tuple(str(key) for key in row.content.get("attachments", ())),
        original_key=next((one.original_key for one in said if one.original_key), ""),
    )


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft that somebody is about to finish. text: how it begins, as it was typed."""

    draft_id: int
    reference: str
    channel: Channel
    text: str
    started_at: datetime


def own_drafts(account_id: int, jurisdiction_id: int, *, at: datetime) -> tuple[OwnDraft, ...]:
    """What an account holds, the newest first, at most ten; one statement."""
    rows = (
        Draft.objects.filter(
            is_held(at),
            state="claimed",
            claimed_by=account_id,
            interaction__jurisdiction=jurisdiction_id,
        )
        .select_related("interaction")
        .order_by("-created_at", "-id")[:10]
    )
    return tuple(
        OwnDraft(
            draft_id=row.pk,
            reference=row.interaction.reference,
            channel=Channel(row.interaction.channel),
            text=str(row.content.get("description", "")),
            started_at=row.interaction.started_at,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class EndedTouch:
    """A touch that led to a case. is_over: whether its end was noted after the case was taken."""

    draft_id: int
    reference: str
    language: str
    case_number: str
    started_at: datetime
    ended_at: datetime | None
    is_over: bool


def touch_of_draft(draft_id: int, account_id: int, jurisdiction_id: int) -> EndedTouch:
    """The touch of a confirmed draft, for whoever took it. Raises NotFound."""
    interaction = (
        Interaction.objects.filter(
            draft=draft_id,
            draft__state="confirmed",
            jurisdiction=jurisdiction_id,
            handler=account_id,
        )
        .select_related("draft")
        .first()
    )
    if interaction is None:
        raise NotFound(what="draft")
    return EndedTouch(
        draft_id=draft_id,
        reference=interaction.reference,
        language=interaction.language,
        case_number=interaction.case_number,
        started_at=interaction.started_at,
        ended_at=interaction.ended_at,
        is_over=interaction.draft.claimed_by_id is None,
    )


def receipts_kept(
    jurisdiction_id: int, source_keys: Iterable[str]
) -> Mapping[str, Mapping[str, Any]]:
    """The receipts of touches by their source keys, of those whose keys are still kept."""
    rows = Interaction.objects.filter(
        jurisdiction=jurisdiction_id, source_key__in=list(source_keys), receipt__isnull=False
    )
    kept = rows.values_list("source_key", "receipt")
    return {key: receipt for key, receipt in kept if key and receipt is not None}
