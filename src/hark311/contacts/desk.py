"""Logs touches that an agent has with somebody and that lead to no case."""

from datetime import datetime

from django.db import transaction

from hark311.contacts.actions import Touch, add_message, end_interaction, open_interaction
from hark311.contacts.models import Interaction
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import Channel, InteractionKind

HOTLINES = ("911", "988", "211")


@transaction.atomic
def log_inquiry(
    channel: Channel, notes: str, *, actor: Actor, at: datetime, language: str
) -> Interaction:
    """Log a question that was answered on the spot. at: local to the jurisdiction."""
    return _log(
        Touch(
            jurisdiction_id=actor.jurisdiction_id,
            channel=channel,
            kind=InteractionKind.INQUIRY,
            language=language,
            at=at,
            handler_account_id=actor.account_id,
        ),
        notes,
        outcome="answered",
    )


@transaction.atomic
def log_transfer(
    line: str, channel: Channel, notes: str, *, actor: Actor, at: datetime, language: str
) -> Interaction:
    """Log that somebody was handed over to another line. at: local to the jurisdiction."""
    return _log(
        Touch(
            jurisdiction_id=actor.jurisdiction_id,
            channel=channel,
            kind=InteractionKind.TRANSFER,
            language=language,
            at=at,
            handler_account_id=actor.account_id,
        ),
        notes,
        outcome=f"transfer_{line}",
    )


def _log(touch: Touch, notes: str, *, outcome: str) -> Interaction:
    interaction = open_interaction(touch).interaction
    if notes:
        add_message(interaction, notes, at=touch.at, is_inbound=False, handled_at=touch.at)
    end_interaction(interaction, at=touch.at, case_number="", outcome=outcome, receipt=None)
    return interaction
