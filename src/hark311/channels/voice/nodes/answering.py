"""Answers: which number helps with what, one question at a time."""

from typing import Any

from django.utils.translation import gettext as _

from hark311.channels.voice.booth import Booth
from hark311.channels.voice.records import Act, Answer, Keys, Said, Session
from hark311.channels.voice.saying import by_digits, for_key
from hark311.domain.texts import in_language
from hark311.government.face import Hotline, hotlines_of


def say_answers(session: Session, booth: Booth) -> Answer:
    """A question that helps to find the right number, with its choices."""
    pathway = _pathway(session, booth)
    if pathway is None:
        return Answer((Said(_("There are no answers here yet.")),), Keys())
    asked = in_language(pathway["texts"], session.language)
    says = [
        Said(for_key(in_language(choice["texts"], session.language), str(place)))
        for place, choice in enumerate(pathway["choices"][:8], start=1)
    ]
    return Answer((Said(asked), *says), Keys())


def hear_answers(session: Session, act: Act, booth: Booth) -> Session | None:
    """The next question, the number with what it is for, or a report."""
    pathway = _pathway(session, booth)
    choices = pathway["choices"] if pathway else []
    if not (act.key.isdecimal() and 1 <= int(act.key) <= len(choices)):
        return None
    choice = choices[int(act.key) - 1]
    if choice.get("next"):
        return session.to(f"answers:{choice['next']}")
    if choice.get("hotline"):
        return session.to(f"hotline:{choice['hotline']}")
    return session.to("report")


def say_hotline(session: Session, booth: Booth) -> Answer:
    """A number, what it is for, and the offer to be connected."""
    line = _hotline(session, booth)
    if line is None:
        return say_answers(session, booth)
    told = f"{by_digits(line.number)}. {line.name}. {line.text}"
    onward = _("To be connected now, press 1. To go back, press star.")
    return Answer((Said(told), Said(onward)), Keys())


def hear_hotline(session: Session, act: Act, booth: Booth) -> Session | None:
    """Connected, or one's own city: then the menu is the place."""
    line = _hotline(session, booth)
    if act.key != "1" or line is None:
        return None
    if line.kind == "city":
        return session.to(f"menu:{booth.phone.main}")
    return session.to(f"dial:{line.number}")


def _pathway(session: Session, booth: Booth) -> dict[str, Any] | None:
    wanted = session.node.partition(":")[2]
    pathways: list[dict[str, Any]] = booth.jurisdiction.settings.get("pathways", [])
    found = next((one for one in pathways if one["code"] == wanted), None)
    return found or next(iter(pathways), None)


def _hotline(session: Session, booth: Booth) -> Hotline | None:
    code = session.node.partition(":")[2]
    told = booth.jurisdiction.settings.get("hotlines", [])
    number = next((one["number"] for one in told if one.get("code") == code), "")
    found = hotlines_of(booth.jurisdiction, session.language or "en")
    return next((one for one in found if one.number == number), None)
