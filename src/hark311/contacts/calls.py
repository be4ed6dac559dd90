"""Writes what is true of calls alone: who waits on which line, who takes it, what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from hark311.contacts.actions import Touch, add_message, open_interaction
from hark311.contacts.conversations import leave_draft
from hark311.contacts.models import Call, Draft, Interaction
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, NotFound
from hark311.domain.vocabulary import Channel, InteractionKind

_LONGEST_NUMBER = 60


def call_of(interaction: Interaction, *, caller: str) -> Call:
    """The call that an interaction is, made the first time. caller: '' if it is withheld."""
    call, _is_new = Call.objects.get_or_create(
        interaction=interaction,
        defaults={
            "jurisdiction_id": interaction.jurisdiction_id,
            "caller": caller[:_LONGEST_NUMBER],
        },
    )
    return call


def wait_on(call: Call, line: str, *, at: datetime) -> None:
    """Put a caller in line; who waits already keeps their place on whichever line."""
    call.line, call.waiting_since = line, call.waiting_since or at
    call.save(update_fields=["line", "waiting_since"])


def stop_waiting(call: Call) -> None:
    """The caller chose otherwise, as to leave a message: they are in no line any more."""
    call.waiting_since = None
    call.save(update_fields=["waiting_since"])


def mark_relay(call: Call) -> None:
    """The caller uses a relay service: nothing runs out of time for them."""
    call.is_relay = True
    call.save(update_fields=["is_relay"])


def end_call(call: Call, *, at: datetime) -> None:
    """Note that the caller hung up. A second time changes nothing."""
    if call.ended_at is None:
        call.ended_at = at
        call.save(update_fields=["ended_at"])


def end_call_of(interaction: Interaction, *, at: datetime) -> str:
    """End the call that an interaction is, if it is one; return who called, '' if unknown."""
    call = Call.objects.filter(interaction=interaction).first()
    if call is None:
        return ""
    end_call(call, at=at)
    return call.caller


def log_status_check(interaction: Interaction, number: str) -> None:
    """Note that a caller asked about a case; a report sent in the same call outweighs it."""
    if interaction.case_number:
        return
    interaction.kind = InteractionKind.STATUS_CHECK.value
    interaction.case_number, interaction.outcome = number, "answered"
    interaction.save(update_fields=["kind", "case_number", "outcome"])


def log_transfer_in(interaction: Interaction, to: str, reason: str, *, at: datetime) -> None:
    """Log that a caller was connected to another line, and why."""
    interaction.handed_to = to
    interaction.kind = InteractionKind.TRANSFER.value
    interaction.outcome = f"transfer_{to}"[:40]
    interaction.save(update_fields=["handed_to", "kind", "outcome"])
    words = f"→ {to}: {reason}" if reason else f"→ {to}"
    add_message(interaction, words, at=at, is_inbound=False, handled_at=at)


@transaction.atomic
def take_call(
    call_id: int, content: Mapping[str, Any], *, actor: Actor, ring: str, at: datetime
) -> Draft:
    """Give a waiting call to an agent; the draft holds what the menus have learned.

    ring: the agent's own telephone, '' if they need none.

    Raises NotFound, and Conflict if somebody else took it or the caller hung up.
    """
    call = lock_call(call_id, actor=actor)
    if call.taken_at is not None or call.ended_at is not None or call.waiting_since is None:
        raise Conflict(reason="call_gone")
    call.taken_at, call.taken_by_id, call.ring = at, actor.account_id, ring[:120]
    call.save(update_fields=["taken_at", "taken_by", "ring"])
    draft = leave_draft(_touch_of(call, at=at, actor=actor), content, at=at)
    draft.state, draft.claimed_by_id, draft.claimed_at = "claimed", actor.account_id, at
    draft.save(update_fields=["state", "claimed_by", "claimed_at"])
    return draft


@transaction.atomic
def hand_on(draft_id: int, to: str, *, actor: Actor) -> None:
    """Let the caller be connected to another line once the agent hangs up.

    Nothing happens to what did not come by telephone, or was not taken from a line.
    """
    call = (
        Call.objects.select_for_update(no_key=True)
        .filter(
            interaction__draft=draft_id,
            jurisdiction=actor.jurisdiction_id,
            taken_at__isnull=False,
            ended_at__isnull=True,
        )
        .first()
    )
    if call is not None:
        call.ring = to[:120]
        call.save(update_fields=["ring"])


@transaction.atomic
def add_interpreter(call_id: int, language: str, *, actor: Actor, at: datetime) -> Call:
    """Note that an interpreter joined the call. Raises NotFound."""
    call = lock_call(call_id, actor=actor)
    call.interpreter = language[:10]
    call.save(update_fields=["interpreter"])
    add_message(call.interaction, f"+ {call.interpreter}", at=at, is_inbound=False, handled_at=at)
    return call


@transaction.atomic
def note_after_code(call_id: int, code: str, *, actor: Actor) -> Call:
    """Keep what the agent says a call was about. Raises NotFound."""
    call = lock_call(call_id, actor=actor)
    call.after_code = code[:40]
    call.save(update_fields=["after_code"])
    return call


def lock_call(call_id: int, *, actor: Actor) -> Call:
    """Raises NotFound for a call of another jurisdiction."""
    call = (
        Call.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(pk=call_id, jurisdiction=actor.jurisdiction_id)
        .first()
    )
    if call is None:
        raise NotFound(what="call")
    return call


def _touch_of(call: Call, *, at: datetime, actor: Actor) -> Interaction:
    """The interaction that the agent's case comes of: the call's own, unless it has a case."""
    first = call.interaction
    if not first.case_number:
        first.handler_id = actor.account_id
        first.kind = InteractionKind.REQUEST.value
        first.save(update_fields=["handler", "kind"])
        return first
    touch = Touch(
        jurisdiction_id=first.jurisdiction_id,
        channel=Channel(first.channel),
        kind=InteractionKind.REQUEST,
        language=first.language,
        at=at,
        source_key=f"call:{call.pk}:{uuid4().hex}",
        handler_account_id=actor.account_id,
    )
    return open_interaction(touch).interaction
