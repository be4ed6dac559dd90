"""Finds what a message names exactly: numbers of cases, ways to reach people, corners, days.

By form alone, within microseconds. What has no form (names of people, most landmarks) is not found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from hark311.domain.errors import BadNumber
from hark311.domain.numbers import parse_number

LONGEST = 4000
"""What stands behind so many characters is not looked through."""


class EntityKind(StrEnum):
    CASE_NUMBER = "case_number"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CROSSING = "crossing"
    LANDMARK = "landmark"
    DATE = "date"
    TIME = "time"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing named. text: as written. value: in the form that others use."""

    kind: EntityKind
    text: str
    value: str
    start: int
    end: int


_DIGITS = re.compile(r"(?<![\d.])\d[\d \-\u2010-\u2015]{9,15}\d(?!\d)")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|drive|dr|boulevard|blvd|lane|ln|court|ct|place|pl|circle"
    r"|cir|way|parkway|pkwy|terrace|ter|trail|trl|highway|hwy|alley|square|sq)"
)
_COMPASS = r"(?:north|south|east|west|ne|nw|se|sw|[nsew])"
_NAME = r"(?:[^\W\d_][\w.'’-]*|\d{1,3}(?:st|nd|rd|th))"
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}(?:-\d{{1,5}})?\s+(?:{_COMPASS}\.?\s+)?{_NAME}(?:\s+{_NAME}){{0,3}}?"
    rf"\s+{_STREET}\b\.?(?:\s+{_COMPASS}\b)?",
    re.IGNORECASE,
)
# "in front of 1428 ashby": a number and a name behind a word that says where.
_BARE_ADDRESS = re.compile(
    rf"\b(?:at|by|near|front of|outside|address|next to|frente al?|en(?: el)?)\s+"
    rf"(?P<place>\d{{2,5}}\s+(?:{_COMPASS}\.?\s+)?[^\W\d_]{{3,}}(?:\s+{_STREET}\b)?)",
    re.IGNORECASE,
)
_CORNER_PART = rf"{_NAME}(?:\s+{_NAME})?(?:\s+{_STREET}\b\.?)?(?:\s+{_COMPASS}\b)?"
_CROSSING = re.compile(
    rf"\b(?:corner of|at|by|near|intersection of|between|esquina de)\s+"
    rf"(?P<place>(?:the\s+)?{_CORNER_PART}\s*(?:\band\b|&|/|@|\by\b|\bat\b)\s*{_CORNER_PART})",
    re.IGNORECASE,
)
_NAMED = (
    r"(?:park|library|school|church|station|hospital|mall|stadium|museum|cemetery|bridge|plaza"
    r"|playground|university|college|market|pool|zoo|arena|academy|center)"
)
_LANDMARK = re.compile(rf"\b(?:[A-Z][\w'’.-]+\s+){{1,4}}(?i:{_NAMED})\b")
_PLATE = re.compile(
    r"\b(?:plates?|tags?|license(?: plate)?|placas?|matr[ií]cula|tablilla)"
    r"(?:\s+(?:number|no\.?|is|n[uú]mero|es|#))*[\s:#]*"
    r"(?P<value>(?=[A-Z0-9 -]*\d)[A-Z0-9]{2,4}[\s-]?[A-Z0-9]{2,4})\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|yesterday|today|tonight|tomorrow|last (?:night|week|month)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|ayer|hoy|mañana|anoche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m\b\.?)?|\b(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?"
    r"|\b(?:midnight|noon|medianoche|mediodía)\b",
    re.IGNORECASE,
)
_PATTERNS = (
    (EntityKind.EMAIL, _EMAIL),
    (EntityKind.PLATE, _PLATE),
    (EntityKind.ADDRESS, _ADDRESS),
    (EntityKind.ADDRESS, _BARE_ADDRESS),
    (EntityKind.CROSSING, _CROSSING),
    (EntityKind.DATE, _DATE),
    (EntityKind.TIME, _TIME),
    (EntityKind.LANDMARK, _LANDMARK),
)


def entities_in(text: str, *, region: str = "US") -> tuple[Entity, ...]:
    """What ``text`` names, in its order; parts of one thing are not named again.

    region: the country whose national telephone numbers are looked for, ISO 3166.
    """
    text = text[:LONGEST]
    found: list[Entity] = []
    for one in (*_case_numbers(text), *_phones(text, region), *_formed(text)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _case_numbers(text: str) -> Iterator[Entity]:
    for match in _DIGITS.finditer(text):
        try:
            number = parse_number(match.group())
        except BadNumber:
            continue
        yield Entity(EntityKind.CASE_NUMBER, match.group(), number, *match.span())


def _phones(text: str, region: str) -> Iterator[Entity]:
    if sum(letter.isdecimal() for letter in text) < _SHORTEST_PHONE:
        return
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield Entity(EntityKind.PHONE, match.raw_string, value, match.start, match.end)


def _formed(text: str) -> Iterator[Entity]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            group = next((name for name in ("place", "value") if name in pattern.groupindex), 0)
            said = match.group(group)
            value = said.upper() if kind is EntityKind.PLATE else " ".join(said.split())
            yield Entity(kind, said, value, *match.span(group))


_SHORTEST_PHONE = 7
