"""One text message, whole: what it means where the talk is, and the answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.sms import adapter, inquiries, jobs
from hark311.channels.sms.keywords import Keyword, keyword_of
from hark311.channels.sms.payload import Text
from hark311.channels.sms.wording import worded
from hark311.contacts.actions import Touch, add_message
from hark311.contacts.consents import consent_of, language_kept, note_consent
from hark311.contacts.conversations import (
    begin_conversation,
    end_conversation,
    keep_turn,
    lock_conversation,
    log_words,
)
from hark311.contacts.files import picture_of
from hark311.contacts.models import Conversation
from hark311.domain import conversation
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.conversation_kept import plain_of, talk_of
from hark311.domain.conversation_records import Ending, Heard, HeardKind, Means, Talk, Turn
from hark311.domain.errors import BadDraft, Conflict, NotFound, RuleBroken
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.intake.conversing import book_of, content_of
from hark311.intake.submit import submit
from hark311.language.identify import language_of
from hark311.people.actions import normal_phone
from hark311.platform import clock
from hark311.platform.languages import written_language

# A talk that nobody went on with for so long is over; the next message begins another.
LASTS = timedelta(hours=12)
_KEPT_KEYS = 20
_HEARD: Mapping[Keyword, Heard] = MappingProxyType(
    {
        Keyword.BACK: Heard(HeardKind.BACK),
        Keyword.PERSON: Heard(HeardKind.PERSON),
        Keyword.SKIP: Heard(HeardKind.KEYS, "#"),
        Keyword.AGAIN: Heard(HeardKind.REPEAT),
    }
)


@dataclass(frozen=True, slots=True)
class Booth:
    """One message and where it came in. sender: in its international form."""

    jurisdiction: Jurisdiction
    text: Text
    sender: str
    received_at: datetime


@transaction.atomic
def answer(text: Text, jurisdiction: Jurisdiction) -> str:
    """What to write back, '' for nothing. The same message again gets the same answer."""
    booth = Booth(
        jurisdiction,
        text,
        normal_phone(text.sender),
        clock.now().astimezone(ZoneInfo(jurisdiction.zone)),
    )
    talked = lock_conversation(jurisdiction.pk, Channel.SMS, booth.sender)
    if talked is not None and text.key in talked.state.get("answers", {}):
        return str(talked.state["answers"][text.key])
    keyword = keyword_of(text.words)
    if keyword in {Keyword.STOP, Keyword.START, Keyword.HELP}:
        return _of_keyword(keyword, booth, talked)
    if consent_of(jurisdiction.pk, booth.sender) is False:
        # Whoever said stop is written to no more; what they write is still read.
        conversation_ = _begun(booth)
        add_message(conversation_.interaction, text.words, at=booth.received_at)
        end_conversation(conversation_, at=booth.received_at, outcome="stopped", content=None)
        return ""
    open_ = talked if talked is not None and _is_open(talked, booth) else None
    known = inquiries.answer(booth.text, jurisdiction, sender=booth.sender, is_talking=bool(open_))
    if known is not None:
        return known
    if talked is not None and open_ is None and talked.ended_at is None:
        _end(talked, booth, "silent")
    return _talk(booth, open_ or _begun(booth), keyword)


def means() -> Means:
    """A text has words, photos, and a number that it came from."""
    return Means(types=True, pictures=True, own_number=True, page=9)


def _talk(booth: Booth, row: Conversation, keyword: Keyword | None) -> str:
    kept: Mapping[str, Any] = row.state.get("talk") or {}
    language = row.interaction.language
    book = book_of(booth.jurisdiction, Channel.SMS)
    if kept:
        turn = conversation.now(talk_of(kept), book, means())
    else:
        language = _language(booth)
        turn = conversation.begin(book, means(), language=written_language(language), is_safe=True)
    for heard in _heard(booth, keyword):
        turn = conversation.hear(turn.talk, heard, book, means())
    _keep_pictures(booth, row)
    with override(written_language(language)):
        said = _said(turn, booth, row)
    _keep(row, turn.talk, said, booth, language)
    return said


def _said(turn: Turn, booth: Booth, row: Conversation) -> str:
    if turn.talk.ending is Ending.READY:
        return _sent(turn.talk, booth, row)
    return worded(turn, turn.talk.language or "en")


def _sent(talk: Talk, booth: Booth, row: Conversation) -> str:
    draft = adapter.read(
        talk,
        jurisdiction_id=booth.jurisdiction.pk,
        key=booth.text.key,
        sender=booth.sender,
        received_at=booth.received_at,
    )
    actor = Actor(kind=ActorKind.RESIDENT, jurisdiction_id=booth.jurisdiction.pk)
    try:
        with transaction.atomic():
            receipt = submit(draft, actor=actor, within=row.interaction_id)
    except (BadDraft, RuleBroken, Conflict, NotFound):
        return _("We kept what you wrote. An agent will look at it.")
    row.interaction.refresh_from_db()
    if talk.contact == "own":
        note_consent(
            booth.jurisdiction.pk,
            booth.sender,
            is_on=True,
            language=draft.language,
            source="report",
            at=booth.received_at,
        )
    return adapter.word(receipt)


def _heard(booth: Booth, keyword: Keyword | None) -> list[Heard]:
    if keyword is not None and keyword in _HEARD:
        return [_HEARD[keyword]]
    said = [Heard(HeardKind.WORDS, booth.text.words)] if booth.text.words else []
    # The picture itself is fetched later; that there is one goes on with the talk.
    return said or [Heard(HeardKind.PICTURE)] * bool(booth.text.pictures)


def _language(booth: Booth) -> str:
    hint = language_kept(booth.jurisdiction.pk, booth.sender)
    return language_of(booth.text.words, hint).main


def _begun(booth: Booth) -> Conversation:
    touch = Touch(
        jurisdiction_id=booth.jurisdiction.pk,
        channel=Channel.SMS,
        kind=InteractionKind.INQUIRY,
        language=_language(booth),
        at=booth.received_at,
        source_key=f"text:{booth.text.key}",
    )
    return begin_conversation(touch, booth.sender)


def _keep(row: Conversation, talk: Talk, said: str, booth: Booth, language: str) -> None:
    answers = dict(list(row.state.get("answers", {}).items())[-_KEPT_KEYS:])
    answers[booth.text.key] = said
    log_words(row.interaction, booth.text.words, at=booth.received_at, is_inbound=True)
    log_words(row.interaction, said, at=booth.received_at, is_inbound=False)
    state = {"talk": plain_of(talk), "answers": answers}
    keep_turn(row, state, said, language=language, at=booth.received_at)
    if talk.ending is not None:
        _end(row, booth, talk.ending.value)


def _keep_pictures(booth: Booth, row: Conversation) -> None:
    for url in booth.text.pictures:
        file = picture_of(row.interaction, url, at=booth.received_at)
        transaction.on_commit(partial(jobs.fetch_picture.defer, file_id=file.pk))


def _is_open(row: Conversation, booth: Booth) -> bool:
    return row.ended_at is None and row.changed_at > booth.received_at - LASTS


def _end(row: Conversation, booth: Booth, outcome: str) -> None:
    end_conversation(row, at=booth.received_at, outcome=outcome, content=_content(row))


def _content(row: Conversation) -> dict[str, Any] | None:
    talk = row.state.get("talk")
    return content_of(talk_of(talk), sender=row.key, recorded="") if talk else None


def _of_keyword(keyword: Keyword, booth: Booth, talked: Conversation | None) -> str:
    known = talked.interaction.language if talked is not None else ""
    language = known or _language(booth)
    if keyword is not Keyword.HELP:
        note_consent(
            booth.jurisdiction.pk,
            booth.sender,
            is_on=keyword is Keyword.START,
            language=language,
            source=booth.text.words[:40],
            at=booth.received_at,
        )
    with override(written_language(language)):
        return str(_KEYWORDS[keyword]())


def _stopped() -> str:
    return _("You get no more texts from 311. To get them again, write START.")


def _started() -> str:
    return _("You get texts from 311 again. Write what is wrong, or a case number.")


def _helped() -> str:
    return _(
        "This is 311. Write what is wrong, or a case number to hear how it stands. In danger"
        " call 911. AGENT for a person, STOP for no more texts."
    )


_KEYWORDS = MappingProxyType(
    {Keyword.STOP: _stopped, Keyword.START: _started, Keyword.HELP: _helped}
)
