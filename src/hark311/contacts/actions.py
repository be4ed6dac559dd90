"""Writes the contact log: opens and ends interactions, keeps messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from hark311.contacts.models import Interaction, Message
from hark311.domain.errors import KeyReused
from hark311.domain.numbers import format_number
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.platform import clock, planned

_END = """
UPDATE contacts_interaction SET ended_at = %s, case_number = %s, outcome = %s, receipt = %s
WHERE id = %s
"""
# For so long a repeat of a message is known as one.
KEYS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Touch:
    """One touch, as an adapter saw it.

    source_key: the provider's id or the sender's Idempotency-Key, '' where there is none.
    body_digest: over everything the sender said; tells a repeat from a reused key.
    """

    jurisdiction_id: int
    channel: Channel
    kind: InteractionKind
    language: str
    at: datetime
    source_key: str = ""
    body_digest: str = ""
    handler_account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The interaction of a touch; ``is_repeat`` if the same touch was taken before."""

    interaction: Interaction
    is_repeat: bool


def next_number(at: datetime) -> str:
    """The next number of this deployment's one sequence, for a case or an interaction.

    at: local to the jurisdiction; its year begins the number.
    """
    ((serial,),) = planned.fetch("SELECT nextval('contacts_serial')")
    return format_number(at.year, serial)


def next_numbers(instants: Sequence[datetime]) -> list[str]:
    """The next numbers of the one sequence, in order, each with the year of its instant.

    instants: local to the jurisdiction, as for ``next_number``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('contacts_serial') FROM generate_series(1, %s)", [len(instants)]
        )
        serials = sorted(serial for (serial,) in cursor.fetchall())
    return [format_number(at.year, serial) for at, serial in zip(instants, serials, strict=True)]


def open_interaction(touch: Touch) -> Opened:
    """Log a touch, once: a racing or later repeat waits for the first and gets its row.

    Call inside the transaction of what follows, so that a refused touch leaves its key free.

    Raises KeyReused if the same key came before with another body.
    """
    interaction = Interaction(
        jurisdiction_id=touch.jurisdiction_id,
        reference=next_number(touch.at),
        channel=touch.channel.value,
        kind=touch.kind.value,
        language=touch.language,
        started_at=touch.at,
        handler_id=touch.handler_account_id,
        source_key=touch.source_key or None,
        body_digest=touch.body_digest,
    )
    if planned.insert(interaction, unless_known=True):
        return Opened(interaction, is_repeat=False)
    return Opened(_first_of(touch), is_repeat=True)


def go_on_with(interaction_id: int, touch: Touch) -> Opened:
    """The interaction that a draft was taken in, as the touch that leads to its case.

    A repeat of what it has led to already gets it again. Call as ``open_interaction``.

    Raises KeyReused if it has led to something else.
    """
    interaction = Interaction.objects.select_for_update(no_key=True).get(
        pk=interaction_id, jurisdiction_id=touch.jurisdiction_id
    )
    if interaction.case_number:
        if interaction.body_digest != touch.body_digest:
            raise KeyReused(channel=touch.channel.value)
        return Opened(interaction, is_repeat=True)
    interaction.channel, interaction.language = touch.channel.value, touch.language
    interaction.kind, interaction.body_digest = touch.kind.value, touch.body_digest
    interaction.handler_id = touch.handler_account_id or interaction.handler_id
    interaction.save(update_fields=["channel", "language", "kind", "body_digest", "handler"])
    return Opened(interaction, is_repeat=False)


def end_interaction(
    interaction: Interaction,
    *,
    at: datetime,
    case_number: str,
    outcome: str,
    receipt: Mapping[str, Any] | None,
) -> None:
    """Note what a touch led to, and the receipt that a repeat is given again."""
    interaction.ended_at = at
    interaction.case_number = case_number
    interaction.outcome = outcome
    interaction.receipt = dict(receipt) if receipt is not None else None
    kept = Jsonb(interaction.receipt) if interaction.receipt is not None else None
    planned.run(_END, [at, case_number, outcome, kept, interaction.pk])


def add_message(
    interaction: Interaction,
    text: str,
    *,
    at: datetime,
    is_inbound: bool = True,
    media_urls: tuple[str, ...] = (),
    handled_at: datetime | None = None,
    original_key: str = "",
) -> Message:
    """Keep words said; an inbound message without ``handled_at`` waits in the inbox.

    original_key: where the message as it came is kept.
    """
    message = Message(
        interaction=interaction,
        text=text,
        at=at,
        is_inbound=is_inbound,
        media_urls=list(media_urls),
        handled_at=handled_at,
        original_key=original_key,
    )
    planned.insert(message)
    return message


def bring_back(interaction_id: int) -> int:
    """Let what came in this interaction wait in the inbox again, unless staff saw to it."""
    return Message.objects.filter(
        interaction_id=interaction_id, is_inbound=True, handled_by=None
    ).update(handled_at=None)


def forget_keys() -> int:
    """Let go of keys and kept receipts after 30 days; the interactions stay. Return how many."""
    old = Interaction.objects.filter(
        source_key__isnull=False, started_at__lt=clock.now() - KEYS_KEPT
    )
    return old.update(source_key=None, receipt=None)


def _first_of(touch: Touch) -> Interaction:
    first = Interaction.objects.get(
        jurisdiction_id=touch.jurisdiction_id,
        channel=touch.channel.value,
        source_key=touch.source_key,
    )
    if first.body_digest != touch.body_digest:
        raise KeyReused(channel=touch.channel.value)
    return first
