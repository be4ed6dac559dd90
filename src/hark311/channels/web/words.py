"""Words refusals for the person who filled in a form, with what to do about them."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hark311.channels.web.file_words import about_file
from hark311.domain.errors import HarkError
from hark311.domain.numbers import DIGITS, format_number
from hark311.domain.texts import in_language
from hark311.platform.problem import wording_of


def refusal(error: HarkError, language: str) -> str:
    """One sentence or two: what is wrong, and what to do."""
    wording = _OWN.get(error.code)
    return wording(error.facts, language) if wording else wording_of(error)


def _bad_number(facts: Mapping[str, object], language: str) -> str:
    if facts.get("reason") == "length":
        digits = facts.get("digits")
        return _wrong_length(digits if isinstance(digits, int) else 0)
    if facts.get("reason") == "check_digit":
        return _("One of the digits is mistyped, or two changed places. Compare it once more.")
    return _("A case number is made of digits only, such as %(example)s.") % {
        "example": format_number(2026, 4821)
    }


def _wrong_length(count: int) -> str:
    """What to add or take away; a number is counted as people count it, by its digits."""
    if count == 0:
        return _("Type the %(needed)s digits of your case number.") % {"needed": DIGITS}
    facts = {"count": count, "needed": DIGITS, "more": abs(DIGITS - count)}
    if count < DIGITS:
        return (
            ngettext(
                "Add %(more)s more digit. We count %(count)s, and need %(needed)s.",
                "Add %(more)s more digits. We count %(count)s, and need %(needed)s.",
                DIGITS - count,
            )
            % facts
        )
    return (
        ngettext(
            "Take away %(more)s digit. We count %(count)s, and need %(needed)s.",
            "Take away %(more)s digits. We count %(count)s, and need %(needed)s.",
            count - DIGITS,
        )
        % facts
    )


def _bad_place(facts: Mapping[str, object], language: str) -> str:
    match facts.get("reason"):
        case "half":
            return _("Coordinates are two numbers. Fill in both, or leave both empty.")
        case "not_a_number":
            return _("Write coordinates as degrees with a decimal point, such as 33.749.")
        case "out_of_range":
            return _("Latitude lies between -90 and 90, longitude between -180 and 180.")
        case "null_island":
            return _("Your device did not know where it is. Give an address instead.")
        case "unknown_area":
            return _("Choose one of the areas in the list.")
    return _("Tell us where it is: an address or corner, an area, or coordinates.")


def _outside_city(facts: Mapping[str, object], language: str) -> str:
    name = _spoken_fact(facts, "responsible", language)
    if not name:
        return _("This place is outside the city, and we do not know who is responsible there.")
    contact = facts.get("contact")
    ways = contact if isinstance(contact, dict) else {}
    reach = ways.get("phone") or ways.get("email") or ways.get("url") or ""
    sentence = _("This place is outside the city. Responsible there: %(name)s.") % {
        "name": f"{name}, {reach}" if reach else name
    }
    return " ".join((sentence, _spoken_fact(facts, "advice", language))).strip()


def _spoken_fact(facts: Mapping[str, object], name: str, language: str) -> str:
    texts = facts.get(name)
    return in_language(texts, language) if isinstance(texts, dict) else ""


def _text_too_long(facts: Mapping[str, object], language: str) -> str:
    return _("This text has %(length)s characters. Shorten it to %(limit)s.") % {
        "length": facts.get("length"),
        "limit": facts.get("limit"),
    }


def _channel_refused(facts: Mapping[str, object], language: str) -> str:
    channels = facts.get("channels")
    if isinstance(channels, list | tuple) and "phone" in channels:
        return _("This is taken by telephone only, so that somebody can talk with you: call 311.")
    return _("This cannot be reported on these pages. Call 311.")


def _missing_answer(facts: Mapping[str, object], language: str) -> str:
    return _("Answer this question; we cannot send anyone without it.")


def _bad_answer(facts: Mapping[str, object], language: str) -> str:
    match facts.get("reason"):
        case "not_a_number":
            return _("Write this as a number, such as 3 or 2.5.")
        case "not_a_datetime":
            return _("Write this as a day and time, such as 2026-06-01 14:30.")
        case "too_long":
            return _("Shorten this to %(longest)s characters.") % {"longest": facts.get("longest")}
    return _("Choose one of the answers in the list.")


def _too_many(facts: Mapping[str, object], language: str) -> str:
    minutes = facts.get("minutes")
    if not isinstance(minutes, int):
        return _("That was too often. Wait a moment and try again.")
    return ngettext(
        "That was too often. Try again in %(minutes)s minute.",
        "That was too often. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def _does_not_apply(facts: Mapping[str, object], language: str) -> str:
    match facts.get("reason"):
        case "no_open_question":
            return _(
                "This question was answered already, or its time is over. Add your words below."
            )
        case "too_late":
            return _too_late(str(facts.get("last_day")))
        case "dispute_open":
            return _("You questioned this closing already. A supervisor is looking at it.")
        case "rated":
            return _("You told us more than 30 days ago. It cannot be changed any more.")
        case "withdrawn":
            return _("This report was taken back. If it is there again, report it anew.")
    return _("This does not apply to the report as it stands now.")


def _too_late(last_day: str) -> str:
    day = formats.date_format(date.fromisoformat(last_day), "DATE_FORMAT")
    return _(
        "A closing can be questioned for 30 days. That time ended on %(day)s. If it is still"
        " not right, report it anew; or call 311 and give your number."
    ) % {"day": day}


_OWN: Mapping[str, Callable[[Mapping[str, object], str], str]] = MappingProxyType(
    {
        "bad_answer": _bad_answer,
        "bad_media": about_file,
        "bad_number": _bad_number,
        "bad_place": _bad_place,
        "channel_refused": _channel_refused,
        "does_not_apply": _does_not_apply,
        "missing_answer": _missing_answer,
        "outside_city": _outside_city,
        "text_too_long": _text_too_long,
        "too_many": _too_many,
    }
)
