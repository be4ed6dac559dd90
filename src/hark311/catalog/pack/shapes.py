"""The shapes that single values of a pack can have, and how each is read from a node.

A shape answers None for a value it cannot take, after it has noted the fault.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hark311.catalog.pack import times
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.reading import Reading, TextsRead, did_you_mean
from hark311.catalog.pack.tree import entries

T = TypeVar("T")
C = TypeVar("C", covariant=True)
U = TypeVar("U")
E = TypeVar("E", bound=StrEnum)

_NOTHING = {"", "~", "null", "Null", "NULL"}


class Shape(Protocol[C]):
    """What a value must look like."""

    @property
    def about(self) -> str:
        """The shape in words, to stand after "Write" and in the reference."""

    def read(self, node: Node, reading: Reading) -> C | None:
        """The value, or None after the fault has been noted."""


def word_of(node: Node, reading: Reading, wanted: str) -> Word | None:
    """The text of a scalar node as it is written, without spaces around it."""
    at = Place.of(node)
    if not isinstance(node, ScalarNode):
        reading.fault(at, f"Here stands a list or a mapping, not {wanted}.", f"Write {wanted}.")
        return None
    text = str(node.value).strip()
    if not text or (node.style is None and text in _NOTHING):
        reading.fault(at, f"Here stands nothing; {wanted} is needed.", f"Write {wanted}.")
        return None
    return Word(text, at)


@dataclass(frozen=True, slots=True)
class Text:
    """Any words, or words of one pattern."""

    about: str = "text"
    pattern: str = ""

    def read(self, node: Node, reading: Reading) -> Word | None:
        word = word_of(node, reading, self.about)
        if word is None or not self.pattern or re.fullmatch(self.pattern, word):
            return word
        reading.fault(word.at, f"{str(word)!r} is not {self.about}.", f"Write {self.about}.")
        return None


_CODE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}"


@dataclass(frozen=True, slots=True)
class CodeOf:
    """The stable name of a thing; codes of one kind are unique in the pack."""

    kind: str

    @property
    def about(self) -> str:
        return "a code of letters, digits, `_` and `-`"

    def read(self, node: Node, reading: Reading) -> Word | None:
        word = Text(self.about, _CODE).read(node, reading)
        if word is not None:
            reading.define(self.kind, word)
        return word


@dataclass(frozen=True, slots=True)
class RefTo:
    """The code of something that stands elsewhere in the pack."""

    kind: str

    @property
    def about(self) -> str:
        return f"the code of a {self.kind}"

    def read(self, node: Node, reading: Reading) -> Word | None:
        word = word_of(node, reading, self.about)
        if word is not None:
            reading.refer(self.kind, word)
        return word


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two limits, both included."""

    low: float
    high: float

    @property
    def about(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def read(self, node: Node, reading: Reading) -> float | None:
        word = word_of(node, reading, self.about)
        if word is None:
            return None
        try:
            number = float(word)
        except ValueError:
            number = float("nan")
        if isfinite(number) and self.low <= number <= self.high:
            return number
        reading.fault(word.at, f"{str(word)!r} is not {self.about}.", "Write it in digits.")
        return None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits, both included."""

    low: int
    high: int

    @property
    def about(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node, reading: Reading) -> int | None:
        word = word_of(node, reading, self.about)
        if word is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,9}", word) and self.low <= int(word) <= self.high:
            return int(word)
        reading.fault(word.at, f"{str(word)!r} is not {self.about}.", "Write it in digits.")
        return None


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false, in these words only: YAML's yes and no mean a language or a code."""

    about: str = "`true` or `false`"

    def read(self, node: Node, reading: Reading) -> bool | None:
        word = word_of(node, reading, self.about)
        if word is None:
            return None
        if word in {"true", "false"}:
            return word == "true"
        reading.fault(word.at, f"{str(word)!r} is not true or false.", f"Write {self.about}.")
        return None


@dataclass(frozen=True, slots=True)
class OneOf(Generic[E]):
    """One word of a closed list. ``noun`` says what the words are."""

    noun: str
    words: tuple[E, ...]

    @property
    def about(self) -> str:
        return "one of " + ", ".join(f"`{word.value}`" for word in self.words)

    def read(self, node: Node, reading: Reading) -> E | None:
        word = word_of(node, reading, f"a {self.noun}")
        if word is None:
            return None
        for value in self.words:
            if value.value == word:
                return value
        remedy = did_you_mean(word, [value.value for value in self.words])
        reading.fault(word.at, f"Unknown {self.noun} {str(word)!r}.", remedy)
        return None


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """Words that a function understands; its ValueError says what is wrong with them."""

    about: str
    parse: Callable[[str], T]

    def read(self, node: Node, reading: Reading) -> T | None:
        word = word_of(node, reading, self.about)
        if word is None:
            return None
        try:
            return self.parse(word)
        except ValueError as error:
            reading.fault(word.at, f"Not {self.about}: {error}.", f"Write {self.about}.")
            return None


def _read_day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(f"{text!r} is not a date")
    return date.fromisoformat(text)


DAY = Parsed("a date as `2026-12-31`", _read_day)
SPANS = Parsed("times as `07:00-19:00`, several with commas", times.read_spans)
DAYS = Parsed("days as `mon-fri` or `sat, sun`", times.read_days)


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """Any number of values of one shape, in order."""

    each: Shape[T]
    least: int = 0

    @property
    def about(self) -> str:
        return f"a list, each {self.each.about}"

    def read(self, node: Node, reading: Reading) -> tuple[T, ...] | None:
        if not isinstance(node, SequenceNode):
            reading.fault(
                Place.of(node),
                "Here a list is needed.",
                "Begin each line with `- `, or use [a, b].",
            )
            return None
        if len(node.value) < self.least:
            reading.fault(
                Place.of(node), f"The list needs {self.least} or more.", "Add what is missing."
            )
        found = [self.each.read(child, reading) for child in node.value]
        return tuple(value for value in found if value is not None)


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T, U]):
    """Values of one shape under keys of another."""

    keys: Shape[T]
    values: Shape[U]

    @property
    def about(self) -> str:
        return f"a mapping of {self.keys.about} to {self.values.about}"

    def read(self, node: Node, reading: Reading) -> Mapping[T, U] | None:
        if not isinstance(node, MappingNode):
            reading.fault(Place.of(node), "Here a mapping is needed.", "Write `key: value` lines.")
            return None
        found: dict[T, U] = {}
        for key_node, value_node in entries(node, reading.faults):
            key = self.keys.read(key_node, reading)
            value = self.values.read(value_node, reading)
            if key is not None and value is not None:
                found[key] = value
        return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class ByLanguage(Generic[T]):
    """One thing worded in several languages; every complete language must be there."""

    each: Shape[T]

    @property
    def about(self) -> str:
        return f"{self.each.about} per language"

    def read(self, node: Node, reading: Reading) -> Mapping[str, T] | None:
        if not isinstance(node, MappingNode):
            reading.fault(
                Place.of(node), "Here a text per language is needed.", "Write `en: …` and so on."
            )
            return None
        found: dict[str, T] = {}
        languages: dict[str, Place] = {}
        for key, value_node in entries(node, reading.faults):
            languages[key.value] = Place.of(key)
            value = self.each.read(value_node, reading)
            if value is not None:
                found[key.value] = value
        reading.texts.append(TextsRead(Place.of(node), languages))
        return MappingProxyType(found)


TEXT = Text()
TEXTS = ByLanguage(TEXT)
PHRASES = ByLanguage(ListOf(TEXT))
LONGITUDE, LATITUDE = Number(-180, 180), Number(-90, 90)


@dataclass(frozen=True, slots=True)
class Point:
    """A position as longitude and latitude, WGS 84."""

    about: str = "a point `[longitude, latitude]`"

    def read(self, node: Node, reading: Reading) -> tuple[float, float] | None:
        found = _numbers(node, reading, (LONGITUDE, LATITUDE), self.about)
        return (found[0], found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle between two meridians and two parallels."""

    about: str = "a box `[west, south, east, north]`"

    def read(self, node: Node, reading: Reading) -> tuple[float, float, float, float] | None:
        sides = (LONGITUDE, LATITUDE, LONGITUDE, LATITUDE)
        found = _numbers(node, reading, sides, self.about)
        if not found:
            return None
        west, south, east, north = found
        if west >= east or south >= north:
            reading.fault(
                Place.of(node), "The box is empty.", "West must be below east, south below north."
            )
            return None
        return west, south, east, north


def _numbers(
    node: Node, reading: Reading, shapes: tuple[Number, ...], about: str
) -> list[float] | None:
    if not isinstance(node, SequenceNode) or len(node.value) != len(shapes):
        reading.fault(Place.of(node), f"This is not {about}.", f"Write {about}.")
        return None
    pairs = zip(shapes, node.value, strict=True)
    found = [shape.read(child, reading) for shape, child in pairs]
    numbers = [number for number in found if number is not None]
    return numbers if len(numbers) == len(shapes) else None
