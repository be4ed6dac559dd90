"""Logs what an agent does in a touch with somebody beside taking a case: answers, hand-overs."""

from datetime import datetime

from django.db import transaction

from hark311.contacts.actions import Touch, add_message, end_interaction, open_interaction
from hark311.contacts.drafts import end_touch, finish_without_case, lock_draft, lock_waiting
from hark311.contacts.models import Interaction
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import Channel, InteractionKind

HOTLINES = ("911", "988", "211")


@transaction.atomic
def log_inquiry(
    channel: Channel, notes: str, *, actor: Actor, at: datetime, language: str
) -> Interaction:
    """Log a question that was answered on the spot. at: local to the jurisdiction."""
    touch = _touch(channel, InteractionKind.INQUIRY, actor=actor, at=at, language=language)
    return _log(touch, notes, outcome="answered")


@transaction.atomic
def log_transfer(
    line: str, channel: Channel, notes: str, *, actor: Actor, at: datetime, language: str
) -> Interaction:
    """Log that somebody was handed over to another line. at: local to the jurisdiction."""
    touch = _touch(channel, InteractionKind.TRANSFER, actor=actor, at=at, language=language)
    interaction = _log(touch, notes, outcome=f"transfer_{line}")
    interaction.handed_to = line
    interaction.save(update_fields=["handed_to"])
    return interaction


@transaction.atomic
def hand_over_in(draft_id: int, to: str, *, actor: Actor, at: datetime) -> Interaction:
    """Log that during a touch somebody was handed over; the touch goes on until it is ended.

    to: the number of a hotline or the code of a department.

    Raises NotFound, and Conflict if the draft is done or a colleague holds it.
    """
    interaction = lock_waiting(draft_id, actor=actor, at=at).interaction
    interaction.handed_to = to
    interaction.save(update_fields=["handed_to"])
    add_message(interaction, f"→ {to}", at=at, is_inbound=False, handled_at=at)
    return interaction


@transaction.atomic
def end_without_case(
    draft_id: int, kind: InteractionKind, notes: str, *, actor: Actor, at: datetime, about: str = ""
) -> Interaction:
    """End a touch that needs no case: it was a question, about a case (``about``), or praise.

    One that was handed over counts as a transfer. Raises as ``hand_over_in``.
    """
    draft = lock_waiting(draft_id, actor=actor, at=at)
    interaction = draft.interaction
    is_transfer = bool(interaction.handed_to)
    interaction.kind = (InteractionKind.TRANSFER if is_transfer else kind).value
    interaction.case_number = about
    interaction.save(update_fields=["kind", "case_number"])
    if notes:
        add_message(interaction, notes, at=at, is_inbound=False, handled_at=at)
    finish_without_case(draft, at=at)
    # A hotline's number or a code, shortened to what the column holds.
    outcome = f"transfer_{interaction.handed_to}"[:40] if is_transfer else "answered"
    end_touch(interaction, outcome, at=at)
    return interaction


@transaction.atomic
def hang_up(draft_id: int, *, actor: Actor, at: datetime) -> None:
    """Note that the touch which led to a case is over only now. A second time changes nothing.

    Raises NotFound for a draft of another jurisdiction.
    """
    draft = lock_draft(draft_id, actor=actor)
    if draft.state == "confirmed" and draft.claimed_by_id == actor.account_id:
        draft.claimed_by_id = None
        draft.save(update_fields=["claimed_by"])
        interaction = draft.interaction
        interaction.ended_at = at
        interaction.save(update_fields=["ended_at"])


def _touch(
    channel: Channel, kind: InteractionKind, *, actor: Actor, at: datetime, language: str
) -> Touch:
    return Touch(
        jurisdiction_id=actor.jurisdiction_id,
        channel=channel,
        kind=kind,
        language=language,
        at=at,
        handler_account_id=actor.account_id,
    )


def _log(touch: Touch, notes: str, *, outcome: str) -> Interaction:
    interaction = open_interaction(touch).interaction
    if notes:
        add_message(interaction, notes, at=touch.at, is_inbound=False, handled_at=touch.at)
    end_interaction(interaction, at=touch.at, case_number="", outcome=outcome, receipt=None)
    return interaction
