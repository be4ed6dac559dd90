"""The part of a pack that draws the city's ground: streets with house numbers, and landmarks."""

from dataclasses import dataclass
from enum import StrEnum

from hark311.catalog.pack.city_format import POINT, RING, Lonlat, Texts
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.shapes import TEXT, TEXTS, CodeOf, Flag, ListOf, OneOf, Whole

_LINE = ListOf(POINT, least=2)
_HOUSE = Whole(0, 999_999)


class LandmarkKind(StrEnum):
    """What a landmark is; parks and water are drawn as areas of their color."""

    PLACE = "place"
    BUILDING = "building"
    PARK = "park"
    SCHOOL = "school"
    STATION = "station"
    WATER = "water"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetPart:
    """One stretch of a street that is in several pieces."""

    at: Place
    line: tuple[Lonlat, ...] = needed(_LINE, "Points along it, from one end to the other.")
    first: int | None = optional(_HOUSE, "House number where the line begins.")
    last: int | None = optional(_HOUSE, "House number where the line ends.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A street: give its `line`, or `parts` if it is in several pieces."""

    at: Place
    name: Word = needed(TEXT, "Its name in full, as `Main Street NE`.")
    also: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Other names people use.")
    main: bool = defaulted(Flag(), False, "True if it is drawn wide, and named on small maps.")
    schematic: bool = defaulted(Flag(), False, "True if the line is a sketch.")
    line: tuple[Lonlat, ...] | None = optional(_LINE, "Points along it, end to end.")
    first: int | None = optional(_HOUSE, "House number where the line begins.")
    last: int | None = optional(_HOUSE, "House number where the line ends.")
    parts: tuple[StreetPart, ...] = defaulted(
        ListOf(RecordOf(StreetPart)), (), "Its pieces, instead of one line."
    )

    @property
    def stretches(self) -> tuple[StreetPart, ...]:
        """Its pieces, also where it is only one."""
        if self.line is None:
            return self.parts
        return (StreetPart(at=self.at, line=self.line, first=self.first, last=self.last),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A place people know by name."""

    at: Place
    code: Word = needed(CodeOf("landmark"), "Stable code.")
    names: Texts = needed(TEXTS, "Its name.")
    also: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Other names people use.")
    kind: LandmarkKind = defaulted(
        OneOf("kind of landmark", tuple(LandmarkKind)), LandmarkKind.PLACE, "What it is."
    )
    point: Lonlat = needed(POINT, "Where people would say it is.")
    polygon: tuple[Lonlat, ...] | None = optional(
        RING, "Its outline as a closed ring of points; the last equals the first."
    )
    schematic: bool = defaulted(Flag(), False, "True if point and outline are a sketch.")
