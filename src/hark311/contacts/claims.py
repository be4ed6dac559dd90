"""Who sees to what waits in the inbox: a claim holds for a while, and then ends by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hark311.contacts.models import Draft, Message
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, NotFound

# Counted from the last time that its holder wrote to it.
CLAIM_LASTS = timedelta(minutes=30)


def is_held(at: datetime) -> Q:
    """Of drafts and messages those that somebody holds at this instant."""
    return Q(claimed_by__isnull=False, claimed_at__gt=at - CLAIM_LASTS)


def holder_of(row: Draft | Message, *, at: datetime) -> int | None:
    """The account that holds a draft or message at this instant, None if nobody does."""
    is_over = row.claimed_at is None or row.claimed_at <= at - CLAIM_LASTS
    return None if is_over else row.claimed_by_id


def require_free(row: Draft | Message, *, actor: Actor, at: datetime) -> None:
    """Raises Conflict if a colleague holds it."""
    if holder_of(row, at=at) not in {None, actor.account_id}:
        raise Conflict(reason="claimed")


@transaction.atomic
def claim_message(message_id: int, *, actor: Actor, at: datetime) -> Message:
    """Take a message on oneself, so that two agents don't answer it.

    Raises NotFound, and Conflict if a colleague holds it or it was seen to.
    """
    message = lock_message(message_id, actor=actor)
    require_free(message, actor=actor, at=at)
    if message.handled_at is not None:
        raise Conflict(reason="seen_to")
    message.claimed_by_id, message.claimed_at = actor.account_id, at
    message.save(update_fields=["claimed_by", "claimed_at"])
    return message


@transaction.atomic
def release_message(message_id: int, *, actor: Actor, at: datetime) -> Message:
    """Give a message back to everybody. Raises NotFound, and Conflict as ``claim_message``."""
    message = lock_message(message_id, actor=actor)
    require_free(message, actor=actor, at=at)
    message.claimed_by_id, message.claimed_at = None, None
    message.save(update_fields=["claimed_by", "claimed_at"])
    return message


@transaction.atomic
def handle_message(message_id: int, *, actor: Actor, at: datetime) -> Message:
    """Take a message out of the inbox. Doing it twice changes nothing.

    Raises NotFound for a message of another jurisdiction, Conflict if a colleague holds it.
    """
    message = lock_message(message_id, actor=actor)
    if message.handled_at is None:
        require_free(message, actor=actor, at=at)
        message.handled_at, message.handled_by_id = at, actor.account_id
        message.save(update_fields=["handled_at", "handled_by"])
    return message


@transaction.atomic
def attach_message(message_id: int, case_number: str, *, actor: Actor, at: datetime) -> Message:
    """Say which case a message is about: its interaction belongs to that case from now on.

    The number is one that the actor may know of; who calls this has looked.

    Raises NotFound, and Conflict if a colleague holds the message or it is about another case.
    """
    message = lock_message(message_id, actor=actor)
    require_free(message, actor=actor, at=at)
    interaction = message.interaction
    if interaction.case_number not in {"", case_number}:
        raise Conflict(reason="attached")
    interaction.case_number = case_number
    interaction.save(update_fields=["case_number"])
    message.claimed_by_id, message.claimed_at = actor.account_id, at
    message.save(update_fields=["claimed_by", "claimed_at"])
    return message


def release_all(account_id: int, jurisdiction_ids: Sequence[int]) -> int:
    """Give back whatever somebody holds, as when they leave; return how many."""
    drafts = Draft.objects.filter(
        claimed_by=account_id,
        state="claimed",
        interaction__jurisdiction__in=jurisdiction_ids,
    ).update(claimed_by=None, claimed_at=None, state="open")
    messages = Message.objects.filter(
        claimed_by=account_id,
        handled_at__isnull=True,
        interaction__jurisdiction__in=jurisdiction_ids,
    ).update(claimed_by=None, claimed_at=None)
    return drafts + messages


def lock_message(message_id: int, *, actor: Actor) -> Message:
    """Raises NotFound for a message of another jurisdiction."""
    message = (
        Message.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(pk=message_id, interaction__jurisdiction_id=actor.jurisdiction_id)
        .first()
    )
    if message is None:
        raise NotFound(what="message")
    return message
