"""What people of a demonstration say; the sentences are data, beside this module."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from hark311.catalog.queries import Service
from hark311.domain.texts import in_language

_FILE = Path(__file__).resolve().parent / "data" / "words.yaml"


def said(what: str, rng: Random, language: str = "en") -> str:
    """One of the sentences for ``what``, in the language or else in English.

    what: as ``questions`` or ``notes.public``.
    """
    found: Any = _words()
    for part in what.split("."):
        found = found[part]
    if isinstance(found, Mapping):
        found = found.get(language, found["en"])
    return str(rng.choice(found))


def report_text(service: Service, rng: Random, language: str) -> tuple[str, str]:
    """What somebody writes who wants this service, and the address it is about."""
    phrases: Sequence[str] = service.phrases.get(language, ())
    phrase = rng.choice(phrases) if phrases else in_language(service.names, language)
    street, other = rng.sample(_words()["streets"], 2)
    house = rng.randrange(10, 1990, 5)
    template = said("reports", rng, language)
    text = template.format(
        phrase=phrase, house=house, street=street, other=other, days=rng.randint(2, 9)
    )
    return text[:1].upper() + text[1:], f"{house} {street}"


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
