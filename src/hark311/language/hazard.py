"""Finds words that mean danger, before anything else is read from a text.

Two levels: stop (show 911 or 988 now, still record) and ask (is anyone in danger?).
The words are few and written for whole words; they miss much of what people really say, so a
quiet answer here is never proof of safety. ``reading`` weighs the meaning of the text as well.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import HazardLevel
from hark311.language.grams import folded
from hark311.language.shelf import shelf_languages, shelf_of

NO_HAZARD = Hazard(level=HazardLevel.NONE, kind="", line="")
# The national number that helps; every other kind is for 911.
_LINES: Mapping[str, str] = MappingProxyType({"suicide": "988"})
EMERGENCY = "911"
# Languages whose words carry endings or parts before them, or stand without blanks.
_ANYWHERE = frozenset({"zh", "ko", "am", "hi", "ar"})
_STARTS = frozenset({"ru"})
_LEVELS = (HazardLevel.STOP, HazardLevel.ASK)


def line_of(kind: str) -> str:
    """The number to call for a kind of danger."""
    return _LINES.get(kind, EMERGENCY)


def find_hazard(text: str, language: str, also: Iterable[str] = ()) -> Hazard:
    """The gravest hazard that ``text`` names, in its own languages or in English.

    Other languages are not looked through, since short words of one mean other things in
    another; a text in a language without a list is read as English.
    """
    looked = folded(text)
    lists = [
        _words(code)
        for code in dict.fromkeys(_base(one) for one in (language, *also, "en"))
        if code in shelf_languages("danger_words")
    ]
    for level in _LEVELS:
        for words in lists:
            kind = words.kind_in(looked, level)
            if kind:
                return Hazard(level=level, kind=kind, line=line_of(kind))
    return NO_HAZARD


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    harmless: re.Pattern[str] | None
    kinds: Mapping[HazardLevel, tuple[tuple[str, re.Pattern[str]], ...]]

    def kind_in(self, looked: str, level: HazardLevel) -> str:
        """The first kind of this level that is named; '' if none is."""
        left = self.harmless.sub(" ", looked) if self.harmless else looked
        return next((kind for kind, pattern in self.kinds[level] if pattern.search(left)), "")


@cache
def _words(language: str) -> _Words:
    shelf = shelf_of("danger_words", language)
    harmless = shelf.get("harmless", ())
    return _Words(
        harmless=_pattern(harmless, language) if harmless else None,
        kinds={
            level: tuple(
                (kind, _pattern(phrases, language))
                for kind, phrases in shelf.get(level.value, {}).items()
            )
            for level in _LEVELS
        },
    )


def _pattern(phrases: Iterable[str], language: str) -> re.Pattern[str]:
    """Matches any of the phrases as the writing of the language has it."""
    parts = "|".join(_phrase(phrase) for phrase in phrases)
    if language in _ANYWHERE:
        return re.compile(parts)
    return re.compile(rf"\b(?:{parts})" if language in _STARTS else rf"\b(?:{parts})\b")


def _phrase(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in folded(phrase).split())


def _base(language: str) -> str:
    return language.split("-")[0].lower()
