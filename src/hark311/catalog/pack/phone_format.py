"""The part of a pack that says how the telephone answers: menus, lines and their hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.shapes import (
    TEXT,
    TEXTS,
    CodeOf,
    ListOf,
    OneOf,
    RefTo,
    Text,
    Whole,
)

Texts = Mapping[str, Word]
KEY = Text("one key as `1`", r"[0-9]")
DIAL = Text("a number or a SIP address", r"(\+?[0-9][0-9 ()-]{1,20}|sips?:\S+)")


class Lead(StrEnum):
    """What a key does by itself; other keys lead to a menu or a line."""

    REPORT = "report"
    STATUS = "status"
    ANSWERS = "answers"
    EMERGENCY = "emergency"
    MESSAGE = "message"
    CALLBACK = "callback"
    RELAY = "relay"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneKey:
    """One key of a menu; it leads to exactly one thing."""

    at: Place
    key: Word = needed(KEY, "What is pressed. `0` and `9` may only mean a person and danger.")
    texts: Texts | None = optional(TEXTS, 'What it is for, to stand before "press".')
    leads: Lead | None = optional(OneOf("lead", tuple(Lead)), "What it does.")
    language: Word | None = optional(TEXT, "The language in which the call goes on.")
    menu: Word | None = optional(RefTo("phone menu"), "The menu that follows.")
    line: Word | None = optional(RefTo("phone line"), "The line on which people answer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneMenu:
    """Keys that are told together."""

    at: Place
    code: Word = needed(CodeOf("phone menu"), "Stable code; callers are counted under it.")
    keys: tuple[PhoneKey, ...] = needed(ListOf(RecordOf(PhoneKey), least=1), "In order.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    """A line on which people answer, and when."""

    at: Place
    code: Word = needed(CodeOf("phone line"), "Stable code.")
    names: Texts = needed(TEXTS, "Its name.")
    calendar: Word = needed(RefTo("calendar"), "When somebody answers.")
    department: Word | None = optional(RefTo("department"), "Whose line it is.")
    number: Word | None = optional(DIAL, "Where its calls go; else they wait for the call desk.")
    overflow: Word | None = optional(RefTo("phone line"), "Which line helps when it takes long.")
    overflow_after_s: int = defaulted(Whole(10, 3600), 120, "After how many seconds it helps.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """How the telephone answers."""

    at: Place
    version: int = needed(Whole(1, 9999), "Counts changes, so that two menus can be compared.")
    greeting: Texts | None = optional(TEXTS, "Said first; else the name of the city.")
    first: Word = needed(RefTo("phone menu"), "The menu at the start: the languages.")
    main: Word = needed(RefTo("phone menu"), "The menu after the language is known.")
    person: Word = needed(RefTo("phone line"), "The line that `0` leads to.")
    menus: tuple[PhoneMenu, ...] = needed(ListOf(RecordOf(PhoneMenu), least=1), "All menus.")
    lines: tuple[PhoneLine, ...] = needed(ListOf(RecordOf(PhoneLine), least=1), "All lines.")
