"""What people of a simulated city say; the sentences are data, beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from hark311.catalog.queries import Service
from hark311.domain.texts import in_language

_FILE = Path(__file__).resolve().parent / "data" / "words.yaml"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A report in words. essence: the same without its place, which says nothing of danger."""

    text: str
    essence: str


def said(what: str, rng: Random, language: str = "en") -> str:
    """One of the sentences for ``what``, in the language or else in English.

    what: as ``questions`` or ``notes.public``.
    """
    return rng.choice(_sentences(what, language))


def languages() -> frozenset[str]:
    """The languages in which whole reports can be written."""
    return frozenset(_words()["reports"])


def address(rng: Random) -> str:
    """A house on a street; no street is meant to be a real one."""
    return f"{rng.randrange(10, 1990, 5)} {rng.choice(_sentences('streets', ''))}"


def report(service: Service, where: str, rng: Random, language: str) -> Spoken:
    """What somebody writes who wants this service at an address."""
    phrases = service.phrases.get(language, ())
    phrase = rng.choice(phrases) if phrases else in_language(service.names, language)
    template = said("reports", rng, language)
    house, _space, street = where.partition(" ")
    other = rng.choice(_sentences("streets", ""))
    text = template.format(
        phrase=phrase, house=house, street=street, other=other, days=rng.randint(2, 9)
    )
    return Spoken(text[:1].upper() + text[1:], f"{template} {phrase}")


@lru_cache(maxsize=1024)
def _sentences(what: str, language: str) -> tuple[str, ...]:
    found: Any = _words()
    for part in what.split("."):
        found = found[part]
    if isinstance(found, Mapping):
        found = found.get(language, found["en"])
    return tuple(map(str, found))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words
