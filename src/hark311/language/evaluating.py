"""Measures how well messages are read, each figure with the interval it lies in.

A message says what it means: ``service``, ``language``, ``hazard`` (none, ask, stop), ``kind``,
``intent``, and ``near`` for what only sounds dangerous. What it does not say is not asked.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from hark311.domain.vocabulary import HazardLevel
from hark311.language.reading import Reader, Reading

# 95 of 100 intervals made so hold the true part.
_Z = 1.96
ENGLISH = "en"
# Of these nothing may be missed.
_NEVER_MISSED = frozenset({"fire", "medical", "crime", "suicide"})


@dataclass(frozen=True, slots=True)
class Told:
    """A message and what it means; '' where that is not said."""

    text: str
    service: str = ""
    language: str = ""
    hazard: str = ""
    kind: str = ""
    intent: str = ""
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a number. target: the part wanted, None without one; at_most: not at least."""

    name: str
    hits: int
    count: int
    target: float | None = None
    at_most: bool = False

    @property
    def part(self) -> float:
        return self.hits / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, which holds for small counts too."""
        if not self.count:
            return (0.0, 1.0)
        spread = _Z * _Z / self.count
        middle = (self.part + spread / 2) / (1 + spread)
        half = _Z * sqrt(self.part * (1 - self.part) / self.count + spread / self.count / 4)
        return (max(0.0, middle - half / (1 + spread)), min(1.0, middle + half / (1 + spread)))

    @property
    def is_met(self) -> bool:
        if self.target is None:
            return True
        return self.part <= self.target if self.at_most else self.part >= self.target


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured. seconds: of the processor, one a message."""

    figures: tuple[Figure, ...]
    confusions: tuple[tuple[str, str, int], ...]
    missed: tuple[Told, ...]
    seconds: tuple[float, ...]

    def slowest_of(self, part: float) -> float:
        """The time that this part of the messages stays within, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


_Pair = tuple[Told, Reading]


def evaluate(told: Sequence[Told], reader: Reader) -> Evaluation:
    """Read every message and compare."""
    reader.read("a first message, since the first one loads what is needed")
    pairs, seconds = [], []
    for one in told:
        before = time.process_time()
        pairs.append((one, reader.read(one.text)))
        seconds.append(time.process_time() - before)
    wrong = Counter(
        (one.service, reading.services[0].code if reading.services else "")
        for one, reading in pairs
        if one.service and not _first(one, reading)
    )
    return Evaluation(
        figures=(*_services(pairs), *_dangers(pairs), *_others(pairs)),
        confusions=tuple((*pair, count) for pair, count in wrong.most_common(15)),
        missed=tuple(one for one, reading in pairs if _is_missed(one, reading)),
        seconds=tuple(seconds),
    )


def _services(pairs: Sequence[_Pair]) -> Iterator[Figure]:
    asked = [pair for pair in pairs if pair[0].service]
    english = [pair for pair in asked if pair[0].language in {ENGLISH, ""}]
    others = [pair for pair in asked if pair not in english]
    for name, some, first in (("English", english, 0.75), ("other languages", others, 0.70)):
        yield _figure(f"service, top 1, {name}", some, _first, first)
        yield _figure(f"service, top 3, {name}", some, _within(3), 0.90)
        yield _figure(f"service, top 5, {name}", some, _within(5), None)
    sure = [pair for pair in asked if pair[1].is_sure]
    yield _figure("service picked alone and right", sure, _first, None)
    yield Figure("service picked alone", len(sure), len(asked))
    for code in sorted({pair[0].language for pair in others}):
        some = [pair for pair in others if pair[0].language == code]
        yield _figure(f"service, top 1, {code}", some, _first, 0.70)
        yield _figure(f"service, top 3, {code}", some, _within(3), 0.90)


def _dangers(pairs: Sequence[_Pair]) -> Iterator[Figure]:
    danger = [pair for pair in pairs if pair[0].hazard == HazardLevel.STOP]
    grave = [pair for pair in danger if pair[0].kind in _NEVER_MISSED]
    near = [pair for pair in pairs if pair[0].is_near]
    plain = [
        (one, reading)
        for one, reading in pairs
        if not one.is_near and (one.hazard == HazardLevel.NONE or (one.service and not one.hazard))
    ]
    yield _figure("emergency, stop or ask", danger, _is_raised, 0.97)
    yield _figure("fire, breathing, weapon, suicide: stop or ask", grave, _is_raised, 1.0)
    yield _figure("emergency, stop", danger, _is_stopped, 0.88)
    yield _figure("ordinary message, stop", plain, _is_stopped, 0.02, at_most=True)
    yield _figure("ordinary message, ask", plain, _is_asked, 0.05, at_most=True)
    yield _figure("near miss, stop", near, _is_stopped, 0.15, at_most=True)


def _others(pairs: Sequence[_Pair]) -> Iterator[Figure]:
    spoken = [pair for pair in pairs if pair[0].language]
    yield _figure("language", spoken, lambda one, got: got.language == one.language, 0.98)
    meant = [pair for pair in pairs if pair[0].intent]
    yield _figure("intent", meant, lambda one, got: got.intent == one.intent, 0.85)


def _figure(
    name: str,
    pairs: Iterable[_Pair],
    is_hit: Callable[[Told, Reading], bool],
    target: float | None,
    *,
    at_most: bool = False,
) -> Figure:
    hits = [is_hit(*pair) for pair in pairs]
    return Figure(name, sum(hits), len(hits), target, at_most)


def _first(one: Told, reading: Reading) -> bool:
    return _within(1)(one, reading)


def _within(count: int) -> Callable[[Told, Reading], bool]:
    return lambda one, reading: one.service in {each.code for each in reading.services[:count]}


def _is_raised(_one: Told, reading: Reading) -> bool:
    return reading.hazard.level is not HazardLevel.NONE


def _is_stopped(_one: Told, reading: Reading) -> bool:
    return reading.hazard.level is HazardLevel.STOP


def _is_asked(_one: Told, reading: Reading) -> bool:
    return reading.hazard.level is HazardLevel.ASK


def _is_missed(one: Told, reading: Reading) -> bool:
    """A danger not raised, or no danger stopped."""
    if one.hazard == HazardLevel.STOP:
        return not _is_raised(one, reading)
    return one.hazard != HazardLevel.ASK and _is_stopped(one, reading)
