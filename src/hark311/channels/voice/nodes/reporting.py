"""A report: the shared conversation by keypad and recordings, and the one way in."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from hark311.channels.voice import adapter
from hark311.channels.voice.booth import Booth
from hark311.channels.voice.records import Act, Answer, Did, Keys, Recording, Said, Session
from hark311.channels.voice.saying import by_digits, spoken_turn
from hark311.contacts.conversations import leave_draft
from hark311.domain import conversation
from hark311.domain.conversation_kept import plain_of, talk_of
from hark311.domain.conversation_records import (
    Book,
    Ending,
    Heard,
    HeardKind,
    Means,
    Talk,
    Turn,
    Want,
)
from hark311.domain.errors import BadDraft, Conflict, NotFound, RuleBroken
from hark311.domain.vocabulary import Channel
from hark311.intake.conversing import book_of
from hark311.intake.submit import submit


def say(session: Session, booth: Booth) -> Answer:
    """What the conversation says now."""
    turn = _turn(session, booth)
    if turn.want is Want.WORDS:
        return Answer(spoken_turn(turn, session.language), Recording())
    most = 1 if turn.want is Want.CHOICE else 0
    missed = replace(turn, missed=session.misses > 0)
    return Answer(spoken_turn(missed, session.language), Keys(most))


def hear(session: Session, act: Act, booth: Booth) -> Session | None:
    """The session after the conversation heard it; a report that is told is sent."""
    before = _turn(session, booth).talk
    if act.key == "*" and not set(before.trail) - {"language", "danger"} and not before.page:
        return session.back()
    turn = conversation.hear(before, _heard(act), book(booth), means(booth))
    session = replace(session, talk=plain_of(turn.talk), misses=int(turn.missed))
    booth.count(f"report_{before.step}:left")
    if turn.talk.ending is Ending.READY:
        return _sent(session, turn.talk, booth)
    if turn.talk.ending is Ending.PERSON:
        return session.to(f"line:{booth.phone.person}")
    if turn.talk.ending is Ending.DANGER:
        alarm = turn.talk.alarm
        return session.to(f"dial:{alarm.line if alarm else '911'}")
    return session


def talk_in(session: Session) -> Talk | None:
    """The conversation so far, None if none was begun."""
    return talk_of(session.talk) if session.talk is not None else None


def book(booth: Booth) -> Book:
    """What can be reported by telephone here."""
    return book_of(booth.jurisdiction, Channel.PHONE)


def means(booth: Booth) -> Means:
    """A telephone has keys and a voice."""
    return Means(records=True, own_number=bool(booth.call.caller))


def say_sent(session: Session, booth: Booth) -> Answer:
    """The number, twice and slowly, and what happens next."""
    told = adapter.word(session.number, booth.jurisdiction, session.language)
    again = _("Once more: %(number)s.") % {"number": by_digits(session.number)}
    onward = _("To hear it again, press 1. For the menu, press 2. Or hang up: all is kept.")
    return Answer((Said(told), Said(again), Said(onward)), Keys())


def hear_sent(session: Session, act: Act, booth: Booth) -> Session | None:
    """Once more, or back to the menu with another matter."""
    if act.key == "1":
        return session
    if act.key == "2":
        return replace(session, talk=None, trail=()).to(f"menu:{booth.phone.main}")
    return None if act.key else session.to("bye")


def _turn(session: Session, booth: Booth) -> Turn:
    talk = talk_in(session)
    if talk is None or talk.ending is not None:
        return conversation.begin(
            book(booth), means(booth), language=session.language or "en", is_safe=True
        )
    return conversation.now(talk, book(booth), means(booth))


def _heard(act: Act) -> Heard:
    match act.did:
        case Did.KEYS:
            return Heard(HeardKind.KEYS, act.text)
        case Did.RECORDED:
            return Heard(HeardKind.RECORDING, act.text)
    return Heard(HeardKind.SILENCE)


def _sent(session: Session, talk: Talk, booth: Booth) -> Session:
    draft = adapter.read(talk, session, booth)
    # A call that led to a case, or was about one, has room for no other.
    within = None if booth.interaction.case_number else booth.interaction.pk
    try:
        with transaction.atomic():
            receipt = submit(draft, actor=booth.actor(session.language), within=within)
    except (BadDraft, RuleBroken, Conflict, NotFound):
        # What cannot be taken as it is waits for a person, whole.
        content = adapter.content(talk, booth)
        if content is not None:
            leave_draft(booth.interaction, content, at=booth.received_at)
        return session.to("kept")
    booth.interaction.refresh_from_db()
    return replace(session, number=receipt.number, reports=session.reports + 1).to("sent")


def say_kept(session: Session, booth: Booth) -> Answer:
    """The report is with an agent, though it has no number yet."""
    words = _("We kept what you told us. An agent will look at it. It has no number yet.")
    return Answer((Said(words), Said(_("For the menu, press 2. Or hang up."))), Keys())
