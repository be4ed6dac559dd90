"""The parts of a pack that describe the government itself: city, languages, offices, numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.shapes import (
    DAY,
    DAYS,
    SPANS,
    TEXT,
    TEXTS,
    Box,
    CodeOf,
    Flag,
    ListOf,
    MapOf,
    OneOf,
    Parsed,
    Point,
    RefTo,
    Text,
    Whole,
)
from hark311.catalog.pack.times import Span

Texts = Mapping[str, Word]
Lonlat = tuple[float, float]
Sides = tuple[float, float, float, float]

BOX, POINT = Box(), Point()
RING = ListOf(POINT, least=4)
MAIL = Text("an e-mail address", r"[^@\s]+@[^@\s]+\.[^@\s]+")
HOST = Text("a host name", r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
LINK = Text("a web address", r"https?://\S+")
PHONE = Text("a telephone number", r"\+?[0-9][0-9 ()-]{1,20}")
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _read_zone(text: str) -> ZoneInfo:
    if text not in _zones():
        raise ValueError(f"{text!r} is unknown")
    return ZoneInfo(text)


ZONE = Parsed("a time zone as `America/New_York`", _read_zone)


class HotlineKind(StrEnum):
    """What a number is for; the safety rules look for emergency and crisis."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SOCIAL = "social"
    CITY = "city"
    TRAVEL = "travel"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the city. A complete one must be there wherever texts are; a draft may lack."""

    at: Place
    code: Word = needed(Text("a language code as `en` or `zh-Hans`", LANGUAGE), "BCP 47 code.")
    name: Word = needed(TEXT, "The language's own name.")
    complete: bool = defaulted(Flag(), False, "Whether every text of the pack is in it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How people reach an office without this platform."""

    at: Place
    phone: Word | None = optional(PHONE, "Telephone number, as people dial it.")
    email: Word | None = optional(MAIL, "Mail address for the public.")
    url: Word | None = optional(LINK, "Page of the office.")
    address: Word | None = optional(TEXT, "Postal address, on one line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What makes the pages look like this city's."""

    at: Place
    hue: int = needed(Whole(0, 360), "Hue of the accent color, in degrees of the color wheel.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where the city ends: a report outside is shown who is responsible there."""

    at: Place
    schematic: bool = defaulted(Flag(), False, "True if this is a sketch, not the legal limit.")
    box: Sides | None = optional(BOX, "The limit as a rectangle.")
    polygon: tuple[Lonlat, ...] | None = optional(
        RING, "The limit as a closed ring of points; the last equals the first."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The government answerable, once per pack."""

    at: Place
    key: Word = needed(CodeOf("city"), "Stable key, also Open311's `jurisdiction_id`.")
    names: Texts = needed(TEXTS, "Name of the city.")
    zone: ZoneInfo = needed(ZONE, "Time zone of every hour and date in the pack.")
    hosts: tuple[Word, ...] = defaulted(ListOf(HOST), (), "Host names that mean this city.")
    brand: Brand = needed(RecordOf(Brand), "Look of the pages.")
    contact: Contact = needed(RecordOf(Contact), "The 311 center itself.")
    limits: Limits = needed(RecordOf(Limits), "The city's extent.")
    center: Lonlat | None = optional(POINT, "Where maps start; else the middle of the limits.")
    fallback_queue: Word = needed(RefTo("queue"), "Where a case goes that nothing else routes.")
    contact_reason: bool = defaulted(
        Flag(), False, "True if staff must say why they open the contact of a reporter."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbor:
    """Who answers outside the city. The first whose outline holds the place is named."""

    at: Place
    code: Word = needed(CodeOf("neighbor"), "Stable code.")
    names: Texts = needed(TEXTS, "Name of the government.")
    texts: Texts = needed(TEXTS, "What the reporter can do.")
    contact: Contact | None = optional(RecordOf(Contact), "How to reach it.")
    schematic: bool = defaulted(Flag(), False, "True if the outline is a sketch.")
    box: Sides | None = optional(BOX, "The outline as a rectangle.")
    polygon: tuple[Lonlat, ...] | None = optional(RING, "The outline as a closed ring.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A short number that people mix up with 311."""

    at: Place
    code: Word = needed(CodeOf("hotline"), "Stable code.")
    number: Word = needed(PHONE, "What to dial.")
    kind: HotlineKind = needed(OneOf("hotline kind", tuple(HotlineKind)), "What it is for.")
    takes_text: bool = defaulted(Flag(), False, "Whether text messages are answered too.")
    names: Texts = needed(TEXTS, "Its name.")
    texts: Texts = needed(TEXTS, "When to call it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayChoice:
    """One answer to a pathway's question; it leads to exactly one thing."""

    at: Place
    texts: Texts = needed(TEXTS, "The answer, in the person's own words.")
    next: Word | None = optional(RefTo("pathway"), "The question that follows.")
    hotline: Word | None = optional(RefTo("hotline"), "The number to call.")
    service: Word | None = optional(RefTo("service"), "The service to report.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A question that helps to find the right number. The first in the pack is the start."""

    at: Place
    code: Word = needed(CodeOf("pathway"), "Stable code.")
    texts: Texts = needed(TEXTS, "The question.")
    choices: tuple[PathwayChoice, ...] = needed(
        ListOf(RecordOf(PathwayChoice), least=2), "The answers, in order."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Which public holidays close an office."""

    at: Place
    country: Word = needed(Text("a country code", r"[A-Z]{2}"), "ISO 3166 code, as `US`.")
    subdivision: Word | None = optional(TEXT, "State or region, as `GA`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When an office works. Business hours of promises count only while it is open."""

    at: Place
    code: Word = needed(CodeOf("calendar"), "Stable code.")
    names: Texts = needed(TEXTS, "The hours, as people say them.")
    week: Mapping[tuple[int, ...], tuple[Span, ...]] = needed(
        MapOf(DAYS, SPANS), "Opening times under days of the week; other days are closed."
    )
    holidays: Holidays | None = optional(RecordOf(Holidays), "Public holidays that are kept.")
    also_closed: tuple[date, ...] = defaulted(ListOf(DAY), (), "Further closed days.")
    open_anyway: tuple[date, ...] = defaulted(ListOf(DAY), (), "Holidays that are worked.")

    def spans_of(self, weekday: int) -> tuple[Span, ...]:
        """The opening times of a weekday, Monday is 0; empty on a closed day."""
        return tuple(span for days, spans in self.week.items() if weekday in days for span in spans)

    def hours_a_day(self) -> float:
        """The mean length of an open day: what ``days`` of a promise count as."""
        lengths = [sum(end - start for start, end in self.spans_of(day)) for day in range(7)]
        worked = [length for length in lengths if length]
        return sum(worked) / len(worked) / 60 if worked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """Who answers for services."""

    at: Place
    code: Word = needed(CodeOf("department"), "Stable code.")
    names: Texts = needed(TEXTS, "Its name.")
    contact: Contact | None = optional(RecordOf(Contact), "How the public reaches it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A list of work and the office hours in which it is worked."""

    at: Place
    code: Word = needed(CodeOf("queue"), "Stable code.")
    names: Texts = needed(TEXTS, "Its name.")
    department: Word = needed(RefTo("department"), "Who works it.")
    calendar: Word = needed(RefTo("calendar"), "When it is worked.")
    escalates_to: Word | None = optional(RefTo("queue"), "Who is told of a broken promise.")
