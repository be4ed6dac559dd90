"""Danger first: the numbers for it, and being connected to them or to any other telephone."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from hark311.channels.voice.booth import Booth
from hark311.channels.voice.records import Act, Answer, Dial, Did, HangUp, Keys, Said, Session
from hark311.channels.voice.saying import by_digits, for_key
from hark311.contacts.calls import log_transfer_in
from hark311.government.face import Hotline, hotlines_of

_URGENT = ("emergency", "crisis")
_REACHED = "completed"


def say_danger(session: Session, booth: Booth) -> Answer:
    """The numbers for danger, each with a key; star goes back."""
    says = [
        Said(for_key(_("For %(line)s, %(name)s") % _facts(one), str(place)))
        for place, one in enumerate(_lines(session, booth), start=1)
    ]
    back = Said(_("If nobody is in danger, press star."))
    return Answer((*says, back), Keys())


def hear_danger(session: Session, act: Act, booth: Booth) -> Session | None:
    """Connected at once; whoever says nothing is connected as well, after the third time."""
    lines = _lines(session, booth)
    if act.key.isdecimal() and 1 <= int(act.key) <= len(lines):
        return session.to(f"dial:{lines[int(act.key) - 1].number}")
    if act.key == "9":
        return session.to(f"dial:{lines[0].number}")
    return None


def say_dial(session: Session, booth: Booth) -> Answer:
    """Says where the call goes, logs it, and connects."""
    number = session.node.partition(":")[2]
    if not session.dialing:
        reason = session.trail[-1] if session.trail else ""
        log_transfer_in(booth.interaction, number[:60], reason, at=booth.received_at)
        booth.count(f"transfer:{number}" if number.isdecimal() else "transfer:other")
    name = _("We connect you now. Please stay on the line.")
    return Answer((Said(name, prompt="connecting"),), Dial(dialed(number)))


def hear_dial(session: Session, act: Act, booth: Booth) -> Session | None:
    """After the other telephone: nothing more, unless it could not be reached."""
    ring = booth.call.ring
    is_elsewhere = f"dial:{ring}" not in {session.node, *session.trail}
    if ring and booth.call.taken_at is not None and is_elsewhere:
        # The agent handed the caller on while they spoke.
        return replace(session, dialing="").to(f"dial:{ring}")
    if act.did is Did.DIALED and act.text == _REACHED:
        return session.to("bye")
    return replace(session, dialing="").to("not_reached")


def say_not_reached(session: Session, booth: Booth) -> Answer:
    """The number to dial by oneself."""
    tried = session.trail[-1].partition(":")[2] if session.trail else ""
    shown = tried if tried.isdecimal() else ""
    told = _("We could not connect you.")
    own = _("Please hang up and dial %(number)s.") % {"number": by_digits(shown)} if shown else ""
    says = [Said(told)] + ([Said(own)] if own else [])
    return Answer((*says, Said(_("For the menu, press 2."))), Keys())


def say_bye(session: Session, booth: Booth) -> Answer:
    """Good bye."""
    return Answer((Said(_("Thank you for calling. Good bye."), prompt="bye"),), HangUp())


def dialed(number: str) -> str:
    """Where a number is dialled: as PHONE_DIAL says, else the number itself."""
    where = dict(one.split("=", 1) for one in settings.PHONE_DIAL if "=" in one)
    return where.get(number, number)


def _lines(session: Session, booth: Booth) -> list[Hotline]:
    found = hotlines_of(booth.jurisdiction, session.language or "en")
    urgent = [one for one in found if one.kind in _URGENT]
    return urgent or [Hotline("911", "emergency", "", "")]


def _facts(line: Hotline) -> dict[str, str]:
    return {"line": by_digits(line.number), "name": line.name}
