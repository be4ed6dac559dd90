"""Keeps talks with the machine from one turn to the next; one that breaks off leaves a draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hark311.contacts.actions import Touch, add_message, open_interaction
from hark311.contacts.models import Conversation, Draft, Interaction
from hark311.domain.vocabulary import Channel

State = Mapping[str, Any]


def begin_conversation(touch: Touch, key: str) -> Conversation:
    """The open conversation of this key, begun with an interaction of its own if there is none.

    Call inside the transaction of the turn.
    """
    interaction = open_interaction(touch).interaction
    conversation, _is_new = Conversation.objects.get_or_create(
        interaction=interaction,
        defaults={
            "jurisdiction_id": touch.jurisdiction_id,
            "channel": touch.channel.value,
            "key": key,
            "changed_at": touch.at,
        },
    )
    return conversation


def lock_conversation(jurisdiction_id: int, channel: Channel, key: str) -> Conversation | None:
    """The newest conversation of this key, locked, whether it is over or not; None without one."""
    return (
        Conversation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(jurisdiction=jurisdiction_id, channel=channel.value, key=key)
        .order_by("-id")
        .first()
    )


def keep_turn(
    conversation: Conversation, state: State, answer: str, *, language: str, at: datetime
) -> None:
    """Put down where the person is now and what they were told. Counts one turn."""
    conversation.state, conversation.answer = dict(state), answer
    conversation.turn, conversation.changed_at = conversation.turn + 1, at
    conversation.save(update_fields=["state", "answer", "turn", "changed_at"])
    interaction = conversation.interaction
    if language and interaction.language != language:
        interaction.language = language
        interaction.save(update_fields=["language"])


def keep_state(conversation: Conversation, state: State) -> None:
    """Put down what came between two turns, as a photo that was fetched."""
    conversation.state = dict(state)
    conversation.save(update_fields=["state"])


@transaction.atomic
def end_conversation(
    conversation: Conversation, *, at: datetime, outcome: str, content: State | None
) -> None:
    """Note that a conversation is over; what was told without a case waits in the inbox.

    content: of the draft that is left, None if nothing was told. A second time changes nothing.
    """
    if conversation.ended_at is not None:
        return
    conversation.ended_at = conversation.changed_at = at
    conversation.save(update_fields=["ended_at", "changed_at"])
    interaction = conversation.interaction
    interaction.ended_at = at
    interaction.outcome = interaction.outcome or outcome
    interaction.save(update_fields=["ended_at", "outcome"])
    if content is not None and not interaction.case_number:
        leave_draft(interaction, content, at=at)


def leave_draft(interaction: Interaction, content: State, *, at: datetime) -> Draft:
    """A draft in the inbox with what was told so far; an interaction has one at most."""
    draft, _is_new = Draft.objects.get_or_create(
        interaction=interaction,
        defaults={"content": dict(content), "state": "open", "created_at": at},
    )
    return draft


def log_words(interaction: Interaction, text: str, *, at: datetime, is_inbound: bool) -> None:
    """Keep what was said in a conversation; the machine saw to it already."""
    add_message(interaction, text, at=at, is_inbound=is_inbound, handled_at=at)


def silent_since(channel: Channel, before: datetime) -> list[Conversation]:
    """Open conversations of a channel in which nothing was said since ``before``; at most 200."""
    rows = Conversation.objects.filter(
        channel=channel.value, ended_at__isnull=True, changed_at__lt=before
    )
    return list(rows.select_related("interaction").order_by("changed_at")[:200])
