"""Ends talks with the machine that nobody went on with: what was told waits in the inbox."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.contacts.calls import end_call_of
from hark311.contacts.conversations import end_conversation, lock_conversation, silent_since
from hark311.contacts.models import Conversation
from hark311.domain.conversation_kept import talk_of
from hark311.domain.vocabulary import Channel
from hark311.intake.conversing import content_of
from hark311.platform import clock
from hark311.platform.languages import written_language

# A text may be answered next morning; of a call whose end was never told, nobody is there.
LASTS: Mapping[Channel, timedelta] = MappingProxyType(
    {Channel.SMS: timedelta(hours=12), Channel.PHONE: timedelta(hours=2)}
)


def end_silent() -> int:
    """End what is silent for too long, on every channel; return how many."""
    ended = 0
    for channel, lasts in LASTS.items():
        for row in silent_since(channel, clock.now() - lasts):
            ended += _end(row, channel)
    return ended


@transaction.atomic
def _end(row: Conversation, channel: Channel) -> int:
    locked = lock_conversation(row.jurisdiction_id, channel, row.key)
    if locked is None or locked.pk != row.pk or locked.ended_at is not None:
        return 0
    caller = end_call_of(locked.interaction, at=locked.changed_at)
    talk = locked.state.get("talk")
    with override(written_language(locked.interaction.language)):
        told = _("Told in a recording.")
    content = content_of(talk_of(talk), sender=caller or row.key, recorded=told) if talk else None
    end_conversation(locked, at=locked.changed_at, outcome="silent", content=content)
    return 1
