"""Lines on which people answer: waiting, closed, leaving a message, being called back."""

from dataclasses import replace
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hark311.channels.voice.booth import Booth
from hark311.channels.voice.phone import Line, is_open, opens_at
from hark311.channels.voice.records import Act, Answer, Did, Keys, Recording, Said, Session
from hark311.contacts.actions import add_message
from hark311.contacts.call_queries import place_in_line
from hark311.contacts.calls import stop_waiting, wait_on
from hark311.domain.errors import NotFound
from hark311.domain.texts import in_language

LOOK_EVERY_S = 8
_TELL_EVERY = 4
_SHORTEST_PHONE = 7


def say(session: Session, booth: Booth) -> Answer:
    """In line while somebody answers there; else when they do, and what one can leave."""
    line = _line(session, booth)
    if line.number:
        return Answer((Said(_("Please wait.")),), Keys(1, 1))
    if not is_open(line, booth.jurisdiction, at=booth.received_at):
        return _closed(line, session, booth)
    if booth.call.waiting_since is None:
        wait_on(booth.call, line.code, at=booth.received_at)
        booth.count(f"{session.node}:waited")
    if booth.call.taken_at is not None:
        return Answer((Said(_("Somebody has your call. Please wait.")),), Keys(1, LOOK_EVERY_S))
    says = _in_line(booth) if session.waits % _TELL_EVERY == 0 else ()
    return Answer(says, Keys(1, LOOK_EVERY_S))


def hear(session: Session, act: Act, booth: Booth) -> Session | None:
    """On the way to whoever took the call, or to what can be left."""
    line = _line(session, booth)
    if line.number:
        return session.to(f"dial:{line.number}")
    if booth.call.taken_at is not None and booth.call.ring:
        return session.to(f"dial:{booth.call.ring}")
    if act.key in {"1", "2"}:
        stop_waiting(booth.call)
        return session.to("callback" if act.key == "1" else "message")
    if act.key or booth.call.waiting_since is None:
        return None
    _overflow(line, booth)
    return replace(session, waits=session.waits + 1)


def say_message(session: Session, booth: Booth) -> Answer:
    """Asks for a message."""
    ask = _("After the tone, say your message and how to reach you. Then press pound.")
    return Answer((Said(ask, prompt="ask_message"),), Recording())


def hear_message(session: Session, act: Act, booth: Booth) -> Session | None:
    """The recording is in the inbox already."""
    return session.to("thanks") if act.did is Did.RECORDED else None


def say_callback(session: Session, booth: Booth) -> Answer:
    """Which number to call."""
    own = _("To be called at this number, press 1.")
    another = _("Key in the number to call you at. Then press pound.")
    says = (Said(own), Said(another)) if booth.call.caller else (Said(another),)
    return Answer(says, Keys(0, 10))


def hear_callback(session: Session, act: Act, booth: Booth) -> Session | None:
    """The wish is put into the inbox, where colleagues see it in order."""
    number = booth.call.caller if act.key == "1" else act.key
    if sum(letter.isdecimal() for letter in number) < _SHORTEST_PHONE:
        return None
    words = _("Please call back: %(number)s") % {"number": number}
    add_message(booth.interaction, words, at=booth.received_at)
    return session.to("thanks")


def say_thanks(session: Session, booth: Booth) -> Answer:
    """What was left is with the city."""
    told = _("Thank you. Somebody will see to it.")
    return Answer((Said(told), Said(_("For the menu, press 2. Or hang up."))), Keys())


def hear_thanks(session: Session, act: Act, booth: Booth) -> Session | None:
    """Back to the menu, or nothing more."""
    if act.key == "2":
        return session.to(f"menu:{booth.phone.main}")
    return None if act.key else session.to("bye")


def _line(session: Session, booth: Booth) -> Line:
    code = booth.call.line if booth.call.waiting_since else ""
    wanted = session.node.partition(":")[2]
    try:
        return booth.phone.line(code or wanted)
    except NotFound:
        return booth.phone.line(booth.phone.person)


def _in_line(booth: Booth) -> tuple[Said, ...]:
    before = place_in_line(booth.call) - 1
    place = (
        ngettext("%(count)s caller is before you.", "%(count)s callers are before you.", before)
        % {"count": before}
        if before
        else _("You are next.")
    )
    choice = _("To be called back, press 1. To leave a message, press 2. Or please wait.")
    return (Said(place), Said(choice, prompt="waiting"))


def _closed(line: Line, session: Session, booth: Booth) -> Answer:
    opens = opens_at(line, booth.jurisdiction, at=booth.received_at)
    name = in_language(line.names, session.language)
    told = _("%(name)s: nobody answers now. We are back %(when)s.") % {
        "name": name or _("Our agents"),
        "when": formats.date_format(opens, "l, H:i"),
    }
    choice = _("To be called back, press 1. To leave a message, press 2. To go back, press star.")
    return Answer((Said(told), Said(choice)), Keys())


def _overflow(line: Line, booth: Booth) -> None:
    """A second line helps where the first takes long; the place in line is kept."""
    since = booth.call.waiting_since
    waited = booth.received_at - since if since else timedelta()
    if line.overflow and waited.total_seconds() > line.overflow_after_s:
        wait_on(booth.call, line.overflow, at=booth.received_at)
