"""Reads the one inbox: drafts that wait for a person, and messages nobody has seen to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Channel
from hark311.privacy.text import mask_text

AT_MOST = 100
_WAITING = ("open", "claimed")


@dataclass(frozen=True, slots=True)
class InboxDraft:
    """A case not yet confirmed. text: masked. holder: who works on it, "" if nobody does."""

    draft_id: int
    reference: str
    channel: Channel
    language: str
    text: str
    service_code: str
    holder_id: int | None
    holder: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """Words that nobody has seen to. text: masked. case_number: "" if it is about no case."""

    message_id: int
    reference: str
    channel: Channel
    language: str
    text: str
    case_number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftToConfirm:
    """A draft as its adapter read it, with everything in it, for whoever holds it."""

    draft_id: int
    reference: str
    channel: Channel
    language: str
    content: Mapping[str, object]
    state: str
    holder_id: int | None
    created_at: datetime


def waiting_drafts(jurisdiction_id: int) -> tuple[InboxDraft, ...]:
    """The drafts that wait, the oldest first, at most 100; one statement."""
    rows = (
        Draft.objects.filter(state__in=_WAITING, interaction__jurisdiction_id=jurisdiction_id)
        .select_related("interaction", "claimed_by")
        .order_by("created_at", "id")[:AT_MOST]
    )
    return tuple(
        InboxDraft(
            draft_id=row.pk,
            reference=row.interaction.reference,
            channel=Channel(row.interaction.channel),
            language=row.interaction.language,
            text=mask_text(str(row.content.get("description", ""))),
            service_code=str(row.content.get("service_code", "")),
            holder_id=row.claimed_by_id,
            holder=(row.claimed_by.name or row.claimed_by.email) if row.claimed_by else "",
            created_at=row.created_at,
        )
        for row in rows
    )


def unhandled_messages(jurisdiction_id: int) -> tuple[InboxMessage, ...]:
    """Messages from people that wait, the oldest first, at most 100; one statement.

    Messages of interactions whose draft still waits are left out: they are that draft.
    """
    rows = (
        Message.objects.filter(
            is_inbound=True,
            handled_at__isnull=True,
            interaction__jurisdiction_id=jurisdiction_id,
        )
        .exclude(interaction__draft__state__in=_WAITING)
        .select_related("interaction")
        .order_by("at", "id")[:AT_MOST]
    )
    return tuple(
        InboxMessage(
            message_id=row.pk,
            reference=row.interaction.reference,
            channel=Channel(row.interaction.channel),
            language=row.interaction.language,
            text=mask_text(row.text),
            case_number=row.interaction.case_number,
            at=row.at,
        )
        for row in rows
    )


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


def draft_to_confirm(draft_id: int, jurisdiction_id: int) -> DraftToConfirm:
    """Raises NotFound, also for a draft that is done."""
    row = (
        Draft.objects.filter(
            pk=draft_id, state__in=_WAITING, interaction__jurisdiction_id=jurisdiction_id
        )
        .select_related("interaction")
        .first()
    )
    if row is None:
        raise NotFound(what="draft")
    return DraftToConfirm(
        draft_id=row.pk,
        reference=row.interaction.reference,
        channel=Channel(row.interaction.channel),
        language=row.interaction.language,
        content=row.content,
        state=row.state,
        holder_id=row.claimed_by_id,
        created_at=row.created_at,
    )


def receipts_kept(
    jurisdiction_id: int, source_keys: Iterable[str]
) -> Mapping[str, Mapping[str, Any]]:
    """The receipts of touches by their source keys, of those whose keys are still kept."""
    rows = Interaction.objects.filter(
        jurisdiction=jurisdiction_id, source_key__in=list(source_keys), receipt__isnull=False
    )
    return {row.source_key or "": row.receipt or {} for row in rows.only("source_key", "receipt")}
