"""Words what a conversation says, for the ear: short sentences, digits apart, keys last."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.channels.voice.records import Said
from hark311.domain.conversation_records import Line, Option, Turn, Want
from hark311.domain.texts import in_language
from hark311.platform.languages import OWN_NAMES

_LINES: Mapping[str, Promise] = MappingProxyType(
    {
        "danger_stop": gettext_lazy("If anyone is in danger, you need %(line)s."),
        "danger_ask": gettext_lazy("Is anyone in danger? Then you need %(line)s."),
        "danger_yes": gettext_lazy("To be connected to %(line)s now"),
        "danger_no": gettext_lazy("If nobody is in danger"),
        "ask_group": gettext_lazy("What is it about?"),
        "ask_topic": gettext_lazy("What do you want to report?"),
        "more": gettext_lazy("For more"),
        "ask_where_recorded": gettext_lazy(
            "After the tone, say where it is: the address, or the nearest corner. Then press pound."
        ),
        "ask_message": gettext_lazy(
            "After the tone, say what is wrong, and how to find it. Then press pound."
        ),
        "ask_contact": gettext_lazy("How can we reach you?"),
        "contact_own": gettext_lazy("At the number you call from"),
        "contact_another": gettext_lazy("At another number"),
        "contact_none": gettext_lazy("If we should not call you"),
        "ask_phone": gettext_lazy("Key in your telephone number. Then press pound."),
        "review_topic": gettext_lazy("You report: %(name)s."),
        "review_place": gettext_lazy("The place is: %(place)s."),
        "review_recording": gettext_lazy("We have your recording."),
        "review_contact_own": gettext_lazy("We reach you at the number you call from."),
        "review_contact_another": gettext_lazy("We reach you at: %(digits)s."),
        "review_contact_none": gettext_lazy("You leave no number."),
        "send": gettext_lazy("To send it to the city"),
        "change": gettext_lazy("To begin again"),
        "question_choices": gettext_lazy(
            "%(name)s Press the keys of all that fit. Then press pound."
        ),
        "question_number": gettext_lazy("%(name)s Key in a number. Then press pound."),
        "question_day_keyed": gettext_lazy(
            "%(name)s Key in two digits for the month, two for the day and four for the year."
        ),
        "question_recorded": gettext_lazy("%(name)s Say it after the tone. Then press pound."),
    }
)
_MAY_SKIP = gettext_lazy("Or press pound to go on.")


def spoken_turn(turn: Turn, language: str) -> tuple[Said, ...]:
    """A turn of the conversation as it is said."""
    parts = [_("I did not get that.")] if turn.missed else []
    parts += [_line(line, language) for line in turn.lines]
    parts += [for_key(_line(one.line, language), one.key) for one in turn.options]
    if turn.may_skip and turn.want is not Want.WORDS:
        parts.append(str(_MAY_SKIP))
    return tuple(Said(part) for part in parts if part)


def for_key(what: str, key: str) -> str:
    """What a key is for, and the key."""
    return _("%(what)s, press %(key)s.") % {"what": what.rstrip(".?! "), "key": key}


def by_digits(number: str) -> str:
    """A number one digit at a time, with a rest where it has a hyphen."""
    groups = (" ".join(group) for group in number.split("-"))
    return ", ".join(groups)


def _line(line: Line, language: str) -> str:
    name = in_language(line.texts, language)
    if line.key not in _LINES:
        # Names and questions of the catalog are said as they are.
        return name or OWN_NAMES.get(line.facts.get("language", ""), "")
    return str(_LINES[line.key]) % {
        **line.facts,
        "name": name,
        "digits": by_digits(line.facts.get("phone", "")),
    }


def options_of(options: Sequence[Option], language: str) -> tuple[Said, ...]:
    """Options alone, as they are said."""
    return tuple(Said(for_key(_line(one.line, language), one.key)) for one in options)
