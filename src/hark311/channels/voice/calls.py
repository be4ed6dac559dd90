"""One turn of a call, whole: what was done, where it leads, what is answered, kept together."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.voice import adapter, jobs, twiml
from hark311.channels.voice.booth import Booth
from hark311.channels.voice.flow import answer_at, go
from hark311.channels.voice.nodes.reporting import talk_in
from hark311.channels.voice.payload import Posted
from hark311.channels.voice.phone import phone_of
from hark311.channels.voice.records import Act, Did, Session, kept, session_of
from hark311.contacts import tallies
from hark311.contacts.actions import Touch, add_message
from hark311.contacts.calls import call_of, end_call
from hark311.contacts.conversations import (
    begin_conversation,
    end_conversation,
    keep_turn,
    lock_conversation,
)
from hark311.contacts.files import recording_of
from hark311.contacts.models import Conversation
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.languages import written_language

Address = Callable[[int], str]
Play = Callable[[str, str], str]


@transaction.atomic
def start(posted: Posted, jurisdiction: Jurisdiction, *, address: Address, play: Play) -> str:
    """Answer a call; the same call again is told the same, wherever it is by now."""
    conversation = lock_conversation(jurisdiction.pk, Channel.PHONE, posted.call)
    if conversation is not None and conversation.answer:
        return conversation.answer
    at = clock.now().astimezone(ZoneInfo(jurisdiction.zone))
    touch = Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=Channel.PHONE,
        kind=InteractionKind.INQUIRY,
        language=str((jurisdiction.languages or [{"code": "en"}])[0]["code"]),
        at=at,
        source_key=adapter.source_key(posted.call),
    )
    conversation = begin_conversation(touch, posted.call)
    if conversation.answer:
        # The provider's second try waited for the first one.
        return conversation.answer
    booth = _booth(conversation, posted, jurisdiction)
    first = Session(node=f"menu:{booth.phone.first}")
    booth.count(f"{first.node}:entered")
    return _answered(first, booth, address, play)


@transaction.atomic
def turn(
    posted: Posted, number: int, jurisdiction: Jurisdiction, *, address: Address, play: Play
) -> str:
    """What is said after what the caller did.

    A provider's second try of a turn that was answered gets the same answer again.

    Raises NotFound for a call that never began or is over.
    """
    conversation = lock_conversation(jurisdiction.pk, Channel.PHONE, posted.call)
    if conversation is None or conversation.ended_at is not None:
        raise NotFound(what="call")
    if number < conversation.turn:
        return conversation.answer
    booth = _booth(conversation, posted, jurisdiction)
    session = session_of(conversation.state)
    with override(written_language(session.language or "en")):
        for act in posted.acts:
            session = go(session, _kept(act, booth), booth)
    return _answered(session, booth, address, play)


@transaction.atomic
def end(posted: Posted, jurisdiction: Jurisdiction) -> None:
    """The caller hung up: what was told without a case waits in the inbox. Twice does no harm."""
    conversation = lock_conversation(jurisdiction.pk, Channel.PHONE, posted.call)
    if conversation is None or conversation.ended_at is not None:
        return
    booth = _booth(conversation, posted, jurisdiction)
    session = session_of(conversation.state)
    talk = talk_in(session)
    with override(written_language(session.language or "en")):
        content = adapter.content(talk, booth) if talk is not None else None
    is_told = bool(session.reports) and session.node == "sent"
    booth.count(f"{session.node}:hung_up")
    end_call(booth.call, at=booth.received_at)
    end_conversation(
        conversation,
        at=booth.received_at,
        outcome="hung_up" if content and not is_told else "ended",
        content=content,
    )
    _tally(booth)


def _booth(conversation: Conversation, posted: Posted, jurisdiction: Jurisdiction) -> Booth:
    return Booth(
        jurisdiction=jurisdiction,
        phone=phone_of(jurisdiction),
        conversation=conversation,
        call=call_of(conversation.interaction, caller=posted.caller),
        received_at=clock.now().astimezone(ZoneInfo(jurisdiction.zone)),
    )


def _kept(act: Act, booth: Booth) -> Act:
    """A recording is put with the call before anything is made of it."""
    if act.did is not Did.RECORDED:
        return act
    file = recording_of(booth.interaction, act.text, at=booth.received_at)
    if not file.storage_key:
        transaction.on_commit(partial(jobs.fetch.defer, file_id=file.pk))
    add_message(
        booth.interaction,
        _("A recording of the call."),
        at=booth.received_at,
        media_urls=(f"/staff/recordings/{file.pk}",),
    )
    return replace(act, text=f"recording:{file.pk}")


def _answered(session: Session, booth: Booth, address: Address, play: Play) -> str:
    spoken = written_language(session.language or "en")
    with override(spoken):
        answer = answer_at(session, booth)
    if session.node.startswith("dial"):
        session = replace(session, dialing=session.node)
    session = replace(session, is_relay=booth.call.is_relay)
    next_url = address(booth.conversation.turn + 1)
    text = twiml.written(answer, spoken, next_url, play=play)
    keep_turn(
        booth.conversation,
        kept(session),
        text,
        language=session.language,
        at=booth.received_at,
    )
    _tally(booth)
    return text


def _tally(booth: Booth) -> None:
    tallies.count(
        booth.counted, Channel.PHONE, jurisdiction_id=booth.jurisdiction.pk, at=booth.received_at
    )
