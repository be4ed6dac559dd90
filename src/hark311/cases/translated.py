"""Words of staff in more than one language: how an event keeps them, and how they are read."""

from collections.abc import Mapping

from hark311.cases.ledger import Json
from hark311.privacy.text import mask_text

_FACT = "translations"


def translated(translations: Mapping[str, str]) -> dict[str, Json]:
    """The fact that keeps words in other languages, masked; none where there are none."""
    said = {language: mask_text(words.strip()) for language, words in translations.items()}
    kept: dict[str, Json] = {language: words for language, words in said.items() if words}
    return {_FACT: kept} if kept else {}


def said_in(facts: Mapping[str, object], language: str, *, name: str = "text") -> str:
    """The words of an event in ``language``, else as they were written; "" if it has none."""
    others = facts.get(_FACT)
    if name == "text" and isinstance(others, Mapping):
        for wanted in (language, language.split("-")[0]):
            if others.get(wanted):
                return str(others[wanted])
    return str(facts.get(name) or "")
