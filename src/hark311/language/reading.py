"""Reads what a text means: its language, its danger, what is wanted, which service, what it names.

``Reader`` holds what was learned for one city. It is made once a process (``readers``) and reads
a message in a few hundredths of a second on one core.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hark311.domain.draft import Hazard
from hark311.language.danger import weigh_danger
from hark311.language.embedder import Embedder
from hark311.language.entities import Entity, entities_in
from hark311.language.heads import Head, Vector
from hark311.language.identify import Spoken, language_of
from hark311.language.intents import Intent, intent_of
from hark311.language.personal import Personal, personal_data_in

OFFERED = 5
# Below the margin, or the confidence, a person is asked which of several services it is.
_SURE, _MARGIN = 0.6, 0.3


class HeadName(StrEnum):
    """What a head decides."""

    SERVICES = "services"
    DANGER = "danger"
    INTENT = "intent"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beforehand. language: of the page or person, '' if unknown."""

    language: str = ""
    region: str = "US"


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that a text may mean, and how likely."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was taken to mean.

    services: the five likeliest, best first; empty where nothing was learned. is_sure: the
    first may be taken without asking. also: other languages mixed in.
    """

    language: str
    also: tuple[str, ...]
    hazard: Hazard
    intent: Intent
    services: tuple[Choice, ...]
    is_sure: bool
    entities: tuple[Entity, ...]
    personal_data: tuple[Personal, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts for one city. Without an embedder words alone decide, which is weaker."""

    embedder: Embedder | None = None
    heads: Mapping[str, Head] = field(default_factory=dict)

    def read(self, text: str, hints: Hints | None = None) -> Reading:
        """What ``text`` means. Nothing is kept, and nothing in the text is obeyed."""
        hints = hints or Hints()
        spoken = self.language(text, hints)
        vector = self.vector_of(text)
        services = self.services(text, vector)
        entities = entities_in(text, region=hints.region)
        return Reading(
            language=spoken.main,
            also=spoken.also,
            hazard=weigh_danger(text, spoken, self.heads.get(HeadName.DANGER), vector),
            intent=intent_of(text, spoken, self.heads.get(HeadName.INTENT), vector, entities),
            services=services,
            is_sure=_is_sure(services),
            entities=entities,
            personal_data=personal_data_in(text, region=hints.region),
        )

    def hazard(self, text: str, hints: Hints | None = None) -> Hazard:
        """The danger alone, for the path that must show it before anything else."""
        spoken = self.language(text, hints)
        hint = (hints or Hints()).language
        heard = replace(spoken, also=(*spoken.also, hint)) if hint else spoken
        return weigh_danger(text, heard, self.heads.get(HeadName.DANGER), self.vector_of(text))

    def language(self, text: str, hints: Hints | None = None) -> Spoken:
        """The language alone."""
        return language_of(text, (hints or Hints()).language, self.heads.get(HeadName.LANGUAGE))

    def services(self, text: str, vector: Vector | None) -> tuple[Choice, ...]:
        """The likeliest services; none for a text without a word."""
        head = self.heads.get(HeadName.SERVICES)
        if head is None or not any(letter.isalnum() for letter in text):
            return ()
        confidences = head.confidences(text, vector)
        best = (-confidences).argsort(kind="stable")[:OFFERED]
        return tuple(Choice(head.labels[place], float(confidences[place])) for place in best)

    def vector_of(self, text: str) -> Vector | None:
        """The meaning of ``text`` as a vector of length one; None without an embedder or a word."""
        if self.embedder is None or not any(letter.isalnum() for letter in text):
            return None
        row: Vector = self.embedder.embed([text])[0]
        return row


def _is_sure(services: tuple[Choice, ...]) -> bool:
    if not services:
        return False
    second = services[1].confidence if len(services) > 1 else 0.0
    return services[0].confidence >= _SURE and services[0].confidence - second >= _MARGIN
