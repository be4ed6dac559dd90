"""The city's menus and lines, as the pack says them, or a plain menu where it says nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.domain.errors import NotFound
from hark311.domain.hours import BusinessCalendar, is_open_at, next_opening
from hark311.government.models import Jurisdiction
from hark311.government.queries import Organisation, organisation_of

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a menu. to: the node that it leads to; language: the one it chooses."""

    key: str
    texts: Texts
    to: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on which people answer. calendar: '' if at all hours."""

    code: str
    names: Texts
    calendar: str = ""
    number: str = ""
    overflow: str = ""
    overflow_after_s: int = 120


@dataclass(frozen=True, slots=True)
class Phone:
    """How the telephone of a city answers."""

    version: int
    greeting: Texts
    first: str
    main: str
    person: str
    menus: Mapping[str, tuple[Key, ...]]
    lines: Mapping[str, Line]

    def line(self, code: str) -> Line:
        """Raises NotFound if there is no such line (any more)."""
        if code not in self.lines:
            raise NotFound(what="phone_line")
        return self.lines[code]


def phone_of(jurisdiction: Jurisdiction) -> Phone:
    """The telephone of a jurisdiction."""
    told: Mapping[str, Any] = jurisdiction.settings.get("phone") or _plain(jurisdiction)
    return Phone(
        version=int(told["version"]),
        greeting=told.get("greeting") or {},
        first=str(told["first"]),
        main=str(told["main"]),
        person=str(told["person"]),
        menus={str(menu["code"]): tuple(map(_key, menu["keys"])) for menu in told["menus"]},
        lines={str(line["code"]): _line(line) for line in told["lines"]},
    )


def is_open(line: Line, jurisdiction: Jurisdiction, *, at: datetime) -> bool:
    """True while somebody answers on the line."""
    organisation = organisation_of(jurisdiction)
    return not line.calendar or is_open_at(_hours(line, organisation, at), at)


def opens_at(line: Line, jurisdiction: Jurisdiction, *, at: datetime) -> datetime:
    """When somebody answers on the line again, in the city's zone."""
    organisation = organisation_of(jurisdiction)
    return next_opening(_hours(line, organisation, at), at).astimezone(organisation.zone)


def _hours(line: Line, organisation: Organisation, at: datetime) -> BusinessCalendar:
    calendar = organisation.calendar_by_code(line.calendar)
    return organisation.hours_of(calendar.id, at)


def _key(told: Mapping[str, Any]) -> Key:
    if told.get("menu"):
        to = f"menu:{told['menu']}"
    elif told.get("line"):
        to = f"line:{told['line']}"
    else:
        to = str(told.get("leads") or "")
    return Key(str(told["key"]), told.get("texts") or {}, to, str(told.get("language") or ""))


def _line(told: Mapping[str, Any]) -> Line:
    return Line(
        code=str(told["code"]),
        names=told["names"],
        calendar=str(told.get("calendar") or ""),
        number=str(told.get("number") or ""),
        overflow=str(told.get("overflow") or ""),
        overflow_after_s=int(told.get("overflow_after_s") or 120),
    )


def _plain(jurisdiction: Jurisdiction) -> dict[str, Any]:
    """Languages, then report, status and a person, where a pack has no telephone of its own."""
    complete = [str(one["code"]) for one in jurisdiction.languages if one.get("complete")]
    return {
        "version": 0,
        "first": "language" if len(complete) > 1 else "main",
        "main": "main",
        "person": "agents",
        "menus": [
            {"code": "language", "keys": _language_keys(complete)},
            {
                "code": "main",
                "keys": [
                    {"key": "1", "leads": "report"},
                    {"key": "2", "leads": "status"},
                    {"key": "9", "leads": "emergency"},
                    {"key": "0", "line": "agents"},
                ],
            },
        ],
        "lines": [{"code": "agents", "names": {}}],
    }


def _language_keys(codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"key": str(place), "language": code} for place, code in enumerate(codes[:8], 1)]
