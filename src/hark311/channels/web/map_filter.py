"""Reads what a list or map of reports is asked for from its address, and writes it there again."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from hark311.cases.queries.public import PublicFilter
from hark311.cases.queries.public_list import After
from hark311.channels.web.visitor import Visitor
from hark311.domain.errors import BadPlace
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.matching import Box, bounding_box
from hark311.domain.place import Point
from hark311.places.search import Found, find_places

NEAR_M = 1609.344
"""How far around a place reports are near it: a mile."""
NAMES = ("service", "area", "status", "since", "until", "q", "near")
_EITHER = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; a part that means nothing is left out.

    place: the best fit for the words of ``near``; place_unknown: they fit nothing.
    """

    wanted: PublicFilter
    typed: dict[str, str]
    place: Found | None
    place_unknown: bool
    after: After | None

    @property
    def near(self) -> Point | None:
        return Point(self.place.lon, self.place.lat) if self.place else None

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.typed.items() if name != "status")

    def address(self, **more: str) -> str:
        """The query of this view, with what is given put in; empty parts are left out."""
        parts = {**self.typed, **more}
        return urlencode({name: value for name, value in parts.items() if value})


def read(query: QueryDict, visitor: Visitor, *, status: str = "") -> Asked:
    """What is asked for; ``status`` where the address names none. Searches for a named place."""
    typed = {name: query.get(name, "").replace("\x00", "").strip()[:100] for name in NAMES}
    typed["status"] = typed["status"] or status
    typed["bbox"] = query.get("bbox", "")[:100]
    place = None
    if typed["near"]:
        found = find_places(
            visitor.jurisdiction,
            typed["near"],
            near=_middle(visitor),
            limit=1,
            language=visitor.language,
        )
        place = found[0] if found else None
    box = box_of(typed["bbox"])
    if box is None:
        typed["bbox"] = ""
    wanted = _filter(typed, ZoneInfo(visitor.jurisdiction.zone))
    if box is None and place is not None:
        box = bounding_box(place.lon, place.lat, NEAR_M)
    return Asked(
        wanted=replace(wanted, box=box),
        typed=typed,
        place=place,
        place_unknown=bool(typed["near"]) and place is None,
        after=_after(query.get("after", "")[:80], is_nearest=place is not None),
    )


def after_text(after: After) -> str:
    measure = after.measure
    text = measure.isoformat() if isinstance(measure, datetime) else repr(measure)
    return f"{text}~{after.case_id}"


def box_of(text: str) -> Box | None:
    """Four degrees with commas, west, south, east, north; None if that is no box."""
    parts = text.split(",")
    if len(parts) != 4:
        return None
    try:
        west, south, east, north = (float(part) for part in parts)
        lower, upper = Point(west, south), Point(east, north)
    except (ValueError, BadPlace):
        return None
    if lower.lon >= upper.lon or lower.lat >= upper.lat:
        return None
    return Box(lower.lon, lower.lat, upper.lon, upper.lat)


def _filter(typed: dict[str, str], zone: ZoneInfo) -> PublicFilter:
    known = {one.value for one in PublicStatus}
    status = typed["status"]
    return PublicFilter(
        service_codes=(typed["service"],) if typed["service"] else (),
        statuses=frozenset({PublicStatus(status)}) if status in known else frozenset(),
        area=typed["area"],
        words=typed["q"],
        opened_from=_day(typed["since"], time.min, zone),
        opened_to=_day(typed["until"], time.max, zone),
    )


def _day(text: str, at: time, zone: ZoneInfo) -> datetime | None:
    """The beginning or the end of a day in the city; None if the text is no day."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    if day is None or not 1900 <= day.year <= 9000:
        return None
    return datetime.combine(day, at, zone)


def _after(text: str, *, is_nearest: bool) -> After | None:
    """Where the page before ended; None, so the first page, if the text is not ours."""
    measure, _between, number = text.rpartition("~")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    try:
        found = float(measure) if is_nearest else parse_datetime(measure)
    except ValueError:
        return None
    if found is None or (isinstance(found, datetime) and found.tzinfo is None):
        return None
    return After(found, int(number))


def _middle(visitor: Visitor) -> Point:
    return Point(visitor.jurisdiction.center_lon, visitor.jurisdiction.center_lat)
