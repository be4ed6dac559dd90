"""Finds the services that a person's words may mean, by the words of the catalog alone."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from hark311.catalog.queries import Service

AT_MOST = 6
_WORD = re.compile(r"[^\W_]+")
# Beginnings of this length count as the same word: "lights" finds "light", "baches" finds "bache".
_STEM = 4
_NAME, _KEYWORD, _DESCRIPTION = 6.0, 3.0, 1.0
# Words of a sentence that name no thing; of the languages whose catalogs are complete.
_EMPTY_WORDS = frozenset(
    {
        *("the", "and", "for", "not", "with", "has", "was", "are", "our", "you", "your", "this"),
        *("that", "there", "from", "near", "out", "on", "in", "is", "it", "my", "of", "to", "at"),
        *("an", "una", "uno", "un", "los", "las", "del", "por", "con", "para", "que", "hay"),
        *("esta", "este", "muy", "mas", "la", "el", "en", "mi", "de", "se"),
    }
)


def find_services(
    services: Sequence[Service], words: str, language: str, *, at_most: int = AT_MOST
) -> tuple[Service, ...]:
    """The services whose texts share most with ``words``, best first; none if nothing is shared.

    Texts in ``language`` and in English count; what all services say counts for little.
    """
    asked = _stems(words)
    if not asked:
        return ()
    texts = {service.code: _weights(service, language) for service in services}
    spread = {stem: sum(stem in weights for weights in texts.values()) for stem in asked}
    known = [stem for stem in asked if spread[stem]]
    scored = [
        (sum(texts[service.code].get(stem, 0) / spread[stem] for stem in known), -place, service)
        for place, service in enumerate(services)
        if any(stem in texts[service.code] for stem in known)
    ]
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    return tuple(service for _score, _place, service in scored[:at_most])


def _weights(service: Service, language: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, texts in (
        (_DESCRIPTION, _spoken(service.descriptions, language)),
        (_KEYWORD, _listed(service.keywords, language)),
        (_KEYWORD, _listed(service.phrases, language)),
        (_NAME, _spoken(service.names, language)),
    ):
        for text in texts:
            for stem in _stems(text):
                weights[stem] = max(weight, weights.get(stem, 0))
    return weights


def _spoken(texts: Mapping[str, str], language: str) -> Iterable[str]:
    wanted = dict.fromkeys((language, language.split("-")[0], "en"))
    return [texts[code] for code in wanted if texts.get(code)]


def _listed(texts: Mapping[str, tuple[str, ...]], language: str) -> Iterable[str]:
    for code in dict.fromkeys((language, language.split("-")[0], "en")):
        yield from texts.get(code, ())


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(_folded(text))
    return frozenset(word[:_STEM] for word in words if len(word) > 1 and word not in _EMPTY_WORDS)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
