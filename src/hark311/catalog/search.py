"""Finds the services that a person's words may mean, by the words of the catalog alone."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hark311.catalog.queries import Service

AT_MOST = 6
_WORD = re.compile(r"[^\W_]+")
# Endings that make another form of the same word: "lights" and "light", "baches" and "bache".
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ed", "es", "s", "ly", "e", "o", "a")
_SHORTEST, _LONGEST = 3, 7
_NAME, _KEYWORD, _PHRASE, _DESCRIPTION = 6.0, 4.0, 3.0, 3.0
# What is said in several examples of a service counts up to this many times.
_OFTEN = 2.0
# A word that tells where, or how it looks, counts this part of one that tells what.
_FAINT_PART = 0.25
# Words of a sentence that name no thing; of the languages whose catalogs are complete.
_EMPTY_WORDS = frozenset(
    {
        *("the", "and", "for", "not", "with", "has", "was", "are", "our", "you", "your", "this"),
        *("that", "there", "from", "near", "out", "on", "in", "is", "it", "my", "of", "to", "at"),
        *("an", "be", "been", "by", "we", "me", "so", "or", "as", "no", "have", "had", "its"),
        *("them", "they", "were", "will", "when", "which", "who", "some", "someone", "please"),
        *("very", "just", "also", "can", "could", "would", "since", "every", "any", "all"),
        *("una", "uno", "un", "los", "las", "del", "por", "con", "para", "que", "hay", "lo"),
        *("esta", "este", "muy", "mas", "la", "el", "en", "mi", "de", "se", "al", "su", "nos"),
        *("desde", "cada", "ya", "me", "es", "son", "han", "fue", "alguien", "favor"),
    }
)
_FAINT_WORDS = (
    *("street", "road", "avenue", "block", "corner", "house", "home", "front", "side", "school"),
    *("church", "city", "area", "place", "ground", "big", "large", "old", "new", "bad", "day"),
    *("days", "week", "weeks", "month", "morning", "night", "left", "right", "wall", "behind"),
    *("calle", "avenida", "cuadra", "esquina", "casa", "frente", "lado", "escuela", "ciudad"),
    *("grande", "enorme", "viejo", "nuevo", "dia", "dias", "semana", "mes", "noche", "pared"),
)


@dataclass(frozen=True, slots=True)
class _Catalog:
    """Services that are the same if their versions are."""

    versions: tuple[int, ...]
    services: tuple[Service, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Index:
    """How much each stem says for each service of a catalog, in one language and English."""

    weights: tuple[Mapping[str, float], ...]
    rarity: Mapping[str, float]


def find_services(
    services: Sequence[Service], words: str, language: str, *, at_most: int = AT_MOST
) -> tuple[Service, ...]:
    """The services whose texts share most with ``words``, best first; none if nothing is shared.

    Texts in ``language`` and in English count; what many services say counts for little.
    """
    asked = stems(words)
    if not asked:
        return ()
    versions = tuple(service.version_id for service in services)
    index = _index(_Catalog(versions, tuple(services)), language)
    scored = [
        (sum(weights[stem] * index.rarity[stem] for stem in asked if stem in weights), -place)
        for place, weights in enumerate(index.weights)
    ]
    best = sorted((entry for entry in scored if entry[0]), reverse=True)
    return tuple(services[-place] for _score, place in best[:at_most])


@lru_cache(maxsize=32)
def _index(catalog: _Catalog, language: str) -> _Index:
    weights = tuple(_weights(service, language) for service in catalog.services)
    spread: dict[str, float] = {}
    for stems in weights:
        for stem, weight in stems.items():
            spread[stem] = spread.get(stem, 0.0) + min(weight / _NAME, 1.0)
    rarity = {
        stem: math.log(1 + len(weights) / (0.5 + count)) * (_FAINT_PART if stem in _FAINT else 1)
        for stem, count in spread.items()
    }
    return _Index(weights, rarity)


def _weights(service: Service, language: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, texts in (
        (_DESCRIPTION, _spoken(service.descriptions, language)),
        (_KEYWORD, _listed(service.keywords, language)),
        (_NAME, _spoken(service.names, language)),
    ):
        for text in texts:
            for stem in stems(text):
                weights[stem] = max(weight, weights.get(stem, 0))
    for stem, count in _counted(_listed(service.phrases, language)).items():
        weights[stem] = weights.get(stem, 0) / 2 + _PHRASE * min(count, _OFTEN) ** 0.5
    return weights


def _counted(texts: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in texts:
        for stem in stems(text):
            found[stem] = found.get(stem, 0) + 1
    return found


def _spoken(texts: Mapping[str, str], language: str) -> Iterable[str]:
    wanted = dict.fromkeys((language, language.split("-")[0], "en"))
    return [texts[code] for code in wanted if texts.get(code)]


def _listed(texts: Mapping[str, tuple[str, ...]], language: str) -> Iterable[str]:
    for code in dict.fromkeys((language, language.split("-")[0], "en")):
        yield from texts.get(code, ())


def stems(text: str) -> frozenset[str]:
    """The words of a text that name something, folded and without their endings."""
    words = _WORD.findall(_folded(text))
    return frozenset(_stem(word) for word in words if len(word) > 1 and word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:_LONGEST]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_FAINT = frozenset(_stem(word) for word in _FAINT_WORDS)
