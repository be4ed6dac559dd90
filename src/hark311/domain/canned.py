"""Texts kept ready for staff: when each may be used, and how its blanks are filled."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from string import Formatter


class TextUse(StrEnum):
    """What staff write when they may take a text that is kept ready."""

    NEWS = "news"
    QUESTION = "question"
    CLOSING = "closing"
    REOPENING = "reopening"
    ANSWER = "answer"

    @property
    def has_one_reader(self) -> bool:
        """True where one person alone is written to, so that the case has one number."""
        return self in {TextUse.QUESTION, TextUse.ANSWER}


# What stands in braces in a text, filled before staff see it; the number of a case only where
# there is one case.
BLANKS = frozenset({"street", "date", "service", "department"})
NUMBER = "number"


def blanks_of(uses: Iterable[TextUse]) -> frozenset[str]:
    """The blanks that a text for all of these uses may hold."""
    wanted = tuple(uses)
    one_reader = bool(wanted) and all(use.has_one_reader for use in wanted)
    return BLANKS | {NUMBER} if one_reader else BLANKS


def unknown_blanks(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The blanks of a text that cannot be filled. Raises ValueError if its braces are broken."""
    return tuple(name for name in _blanks(text) if name not in known)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its blanks filled; a blank of which nothing is known stays in sight."""
    parts = []
    for literal, name, _spec, _conversion in Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(facts.get(name) or f"{{{name}}}")
    return "".join(parts)


def _blanks(text: str) -> Iterator[str]:
    for _literal, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{layout}" if layout else "")
