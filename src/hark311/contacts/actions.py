"""Writes the contact log: opens and ends interactions, keeps messages, claims drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, KeyReused, NotFound
from hark311.domain.numbers import format_number
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.platform import clock
from hark311.privacy.text import remove_words

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
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('contacts_serial')")
        (serial,) = cursor.fetchone()
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
    try:
        with transaction.atomic():
            interaction = Interaction.objects.create(
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
    except IntegrityError:
        return Opened(_first_of(touch), is_repeat=True)
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
    interaction.save(update_fields=["ended_at", "case_number", "outcome", "receipt"])


def add_message(
    interaction: Interaction,
    text: str,
    *,
    at: datetime,
    is_inbound: bool = True,
    media_urls: tuple[str, ...] = (),
    handled_at: datetime | None = None,
) -> Message:
    """Keep words said; an inbound message without ``handled_at`` waits in the inbox."""
    return Message.objects.create(
        interaction=interaction,
        text=text,
        at=at,
        is_inbound=is_inbound,
        media_urls=list(media_urls),
        handled_at=handled_at,
    )


def redact_messages(case_number: str, words: str) -> int:
    """Cover ``words`` in everything said about a case; return in how many messages."""
    found = Message.objects.select_for_update(no_key=True, of=("self",)).filter(
        interaction__case_number=case_number, text__icontains=words
    )
    changed = list(found.order_by("id"))
    for message in changed:
        message.text = remove_words(message.text, words)
        message.save(update_fields=["text"])
    return len(changed)


def handle_message(message_id: int, *, actor: Actor, at: datetime) -> Message:
    """Take a message out of the inbox. Doing it twice changes nothing.

    Raises NotFound for a message of another jurisdiction.
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(no_key=True)
            .filter(pk=message_id, interaction__jurisdiction_id=actor.jurisdiction_id)
            .first()
        )
        if message is None:
            raise NotFound(what="message")
        if message.handled_at is None:
            message.handled_at, message.handled_by_id = at, actor.account_id
            message.save(update_fields=["handled_at", "handled_by"])
        return message


def claim_draft(draft_id: int, *, actor: Actor, at: datetime) -> Draft:
    """Take a draft on oneself, so that two agents don't work on the same.

    Raises NotFound, and Conflict if somebody else holds it or it is done.
    """
    with transaction.atomic():
        draft = lock_draft(draft_id, actor=actor)
        if draft.state not in {"open", "claimed"}:
            raise Conflict(what="draft_done")
        if draft.state == "claimed" and draft.claimed_by_id != actor.account_id:
            raise Conflict(what="draft_claimed")
        draft.state, draft.claimed_by_id, draft.claimed_at = "claimed", actor.account_id, at
        draft.save(update_fields=["state", "claimed_by", "claimed_at"])
        return draft


def finish_draft(draft_id: int, state: str, *, actor: Actor) -> Draft:
    """Mark a draft as confirmed, discarded or (released) open again.

    Raises NotFound, and Conflict if somebody else holds it or it is done.
    """
    with transaction.atomic():
        draft = lock_draft(draft_id, actor=actor)
        if draft.state == "claimed" and draft.claimed_by_id != actor.account_id:
            raise Conflict(what="draft_claimed")
        if draft.state not in {"open", "claimed"}:
            raise Conflict(what="draft_done")
        draft.state = state
        if state == "open":
            draft.claimed_by_id, draft.claimed_at = None, None
        draft.save(update_fields=["state", "claimed_by", "claimed_at"])
        return draft


def lock_draft(draft_id: int, *, actor: Actor) -> Draft:
    """Raises NotFound for a draft of another jurisdiction."""
    draft = (
        Draft.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(pk=draft_id, interaction__jurisdiction_id=actor.jurisdiction_id)
        .first()
    )
    if draft is None:
        raise NotFound(what="draft")
    return draft


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
