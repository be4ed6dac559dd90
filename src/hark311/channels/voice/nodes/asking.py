"""What happens with a report: by its number, and for one kept private by the caller's own."""

from dataclasses import replace

from django.utils.translation import gettext as _

from hark311.cases.queries.reporter import SpeakingFor, case_id_of, case_view, speaking_for
from hark311.channels.voice import adapter
from hark311.channels.voice.booth import Booth
from hark311.channels.voice.records import Act, Answer, Keys, Said, Session
from hark311.channels.voice.saying import by_digits
from hark311.contacts.calls import log_status_check
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import DIGITS, parse_number
from hark311.domain.texts import in_language
from hark311.people.actions import normal_phone


def say(session: Session, booth: Booth) -> Answer:
    """Asks for the number; says what was wrong with the last one."""
    says = [Said(session.typed)] if session.typed else []
    ask = _("Key in the eleven digits of your case number.")
    return Answer((*says, Said(ask, prompt="ask_number")), Keys(DIGITS, 15))


def hear(session: Session, act: Act, booth: Booth) -> Session | None:
    """The case of the number, or what is wrong with it."""
    if not act.key:
        return None
    try:
        number = parse_number(act.key)
        found = speaking_for(booth.jurisdiction.pk, case_id_of(booth.jurisdiction, number))
    except BadNumber as bad:
        return _again(session, _what_is_wrong(bad))
    except NotFound:
        return _again(session, _unknown())
    if found.is_sensitive:
        return _again(session, _unknown())
    there = replace(session, number=number, typed="")
    return there.to("standing") if found.is_public else there.to("prove")


def say_proof(session: Session, booth: Booth) -> Answer:
    """A report that is kept private is told to whoever knows the number it was given with."""
    says = [Said(session.typed)] if session.typed else []
    ask = _("This report is private. Key in the telephone number you gave us. Then press pound.")
    return Answer((*says, Said(ask)), Keys(0, 10))


def hear_proof(session: Session, act: Act, booth: Booth) -> Session | None:
    """Told if the number fits; three wrong ones lead to a person."""
    if not act.key:
        return None
    found = speaking_for(booth.jurisdiction.pk, case_id_of(booth.jurisdiction, session.number))
    if _fits(act.key, found):
        return replace(session, typed="").to("standing")
    return _again(session, _("That is not the number we have."))


def say_standing(session: Session, booth: Booth) -> Answer:
    """Which service it is, what happens next and by when."""
    view = case_view(booth.jurisdiction, case_id_of(booth.jurisdiction, session.number))
    name = in_language(view.public.service.names, session.language)
    number = by_digits(session.number)
    log_status_check(booth.interaction, session.number)
    says = (
        Said(_("Case %(number)s: %(name)s.") % {"number": number, "name": name}),
        Said(adapter.standing(session.number, booth.jurisdiction, session.language)),
        Said(_("To hear it again, press 1. For another number, press 2. For a person, press 0.")),
    )
    return Answer(says, Keys())


def hear_standing(session: Session, act: Act, booth: Booth) -> Session | None:
    """Again, another number, or nothing more."""
    if act.key == "1":
        return session
    if act.key == "2":
        return replace(session, number="").to("status")
    return None if act.key else session.to("bye")


def _again(session: Session, what: str) -> Session | None:
    if session.misses >= 2:
        return None
    return replace(session, typed=what, misses=session.misses + 1)


def _what_is_wrong(bad: BadNumber) -> str:
    if bad.facts.get("reason") == "check_digit":
        return _("One of the digits is mistyped, or two changed places.")
    return _("We need %(needed)s digits, and heard %(count)s.") % {
        "needed": DIGITS,
        "count": bad.facts.get("digits", 0),
    }


def _unknown() -> str:
    return _("We have no case of this number that we may speak about here.")


def _fits(keyed: str, found: SpeakingFor) -> bool:
    return bool(found.phone) and normal_phone(keyed) == found.phone
