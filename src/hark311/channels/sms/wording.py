"""Words what a conversation says, for the small screen: short, options numbered one a line."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.domain.conversation_records import Line, Turn, Want
from hark311.domain.texts import in_language
from hark311.platform.languages import OWN_NAMES

_LINES: Mapping[str, Promise] = MappingProxyType(
    {
        "danger_stop": gettext_lazy("This sounds like danger. Call %(line)s now."),
        "danger_ask": gettext_lazy("Is anyone in danger? Then call %(line)s now."),
        "danger_yes": gettext_lazy("Yes, I call %(line)s"),
        "danger_no": gettext_lazy("Nobody is in danger"),
        "over_danger": gettext_lazy("Call %(line)s now. We keep what you wrote."),
        "over_person": gettext_lazy("An agent will read this and write to you."),
        "ask_tell": gettext_lazy("What is wrong? Write it in your own words."),
        "ask_choose": gettext_lazy("Is it one of these?"),
        "ask_group": gettext_lazy("What is it about?"),
        "ask_topic": gettext_lazy("What do you want to report?"),
        "more": gettext_lazy("More"),
        "something_else": gettext_lazy("Something else"),
        "none_of_these": gettext_lazy("None of these"),
        "ask_where": gettext_lazy("Where is it? An address or the nearest corner."),
        "ask_spot": gettext_lazy("Which of these do you mean?"),
        "ask_picture": gettext_lazy("Send a photo or more words, or write SKIP."),
        "ask_contact": gettext_lazy("May we write to you about it?"),
        "contact_own": gettext_lazy("Yes, to this number"),
        "contact_another": gettext_lazy("To another number"),
        "contact_none": gettext_lazy("No"),
        "ask_phone": gettext_lazy("Which number?"),
        "review_topic": gettext_lazy("You report: %(name)s."),
        "review_place": gettext_lazy("Where: %(place)s."),
        "review_pictures": gettext_lazy("Photos: %(count)s."),
        "review_contact_own": gettext_lazy("We write to this number."),
        "review_contact_another": gettext_lazy("We write to: %(phone)s."),
        "review_contact_none": gettext_lazy("We do not write to you."),
        "send": gettext_lazy("Send it to the city"),
        "change": gettext_lazy("Begin again"),
        "question_choices": gettext_lazy("%(name)s Write the numbers of all that fit."),
        "question_number": gettext_lazy("%(name)s Write a number."),
        "question_day": gettext_lazy("%(name)s Write the day as 2026-06-01."),
    }
)


def worded(turn: Turn, language: str) -> str:
    """A turn as one message."""
    parts = [_("I did not get that.")] if turn.missed else []
    parts += [_line(line, language) for line in turn.lines]
    parts += [f"{one.key} {_line(one.line, language)}" for one in turn.options]
    if turn.may_skip and turn.want is not Want.WORDS:
        parts.append(_("Or write SKIP."))
    return "\n".join(part for part in parts if part)


def _line(line: Line, language: str) -> str:
    name = in_language(line.texts, language) or line.facts.get("place", "")
    if line.key not in _LINES:
        return name or OWN_NAMES.get(line.facts.get("language", ""), "")
    return str(_LINES[line.key]) % {**line.facts, "name": name}
