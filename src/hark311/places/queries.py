"""Tells which areas of a jurisdiction a position lies in, and what lies around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shapely import Polygon, STRtree
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.prepared import prep

from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.models import Area


@dataclass(frozen=True, slots=True)
class AreaRecord:
    id: int
    layer: str
    code: str
    names: Mapping[str, str]
    center: Point
    is_schematic: bool

    @property
    def key(self) -> str:
        """How rules and cases name it: layer and code."""
        return f"{self.layer}:{self.code}"


class AreaMap:
    """The current areas of one jurisdiction, indexed in memory; a look-up takes microseconds."""

    def __init__(self, rows: tuple[Area, ...]) -> None:
        self.areas = tuple(
            AreaRecord(
                row.pk,
                row.layer,
                row.code,
                row.names,
                Point(row.center_lon, row.center_lat),
                row.is_schematic,
            )
            for row in rows
        )
        self._shapes = [shape(row.shape) for row in rows]
        self._prepared = [prep(polygon) for polygon in self._shapes]
        self._tree = STRtree(self._shapes)

    def at(self, point: Point) -> tuple[AreaRecord, ...]:
        """The areas that hold the point, borders included, in the order of layer and code."""
        spot = Spot(point.lon, point.lat)
        found = (
            self.areas[index]
            for index in self._tree.query(spot)
            if self._prepared[index].intersects(spot)
        )
        return tuple(sorted(found, key=lambda area: area.key))

    def by_key(self, key: str) -> AreaRecord | None:
        return next((area for area in self.areas if area.key == key), None)


def areas_of(jurisdiction: Jurisdiction) -> AreaMap:
    """The map of current areas; read once per load of a pack or file and process."""
    return _areas_of(jurisdiction.pk, jurisdiction.pack_digest, jurisdiction.ground_version)


@lru_cache(maxsize=32)
def _areas_of(jurisdiction_id: int, pack_digest: str, ground_version: int) -> AreaMap:
    rows = Area.objects.filter(jurisdiction_id=jurisdiction_id, valid_to__isnull=True)
    return AreaMap(tuple(rows.order_by("layer", "code")))


def is_inside(jurisdiction: Jurisdiction, point: Point) -> bool:
    """True within the limits of the pack, or everywhere if it sets none; borders are inside."""
    limits = jurisdiction.settings.get("limits")
    return _holds(limits, point) if limits else True


def responsible_outside(jurisdiction: Jurisdiction, point: Point) -> Mapping[str, object]:
    """Who answers for a place outside: the first neighbor that holds it, else nothing known.

    As the pack has it: names and texts per language, contact.
    """
    for neighbor in jurisdiction.settings.get("neighbors", ()):
        if _holds(neighbor, point):
            found: Mapping[str, object] = neighbor
            return found
    return {}


def _holds(outline: Mapping[str, Any], point: Point) -> bool:
    if outline.get("polygon"):
        return bool(Polygon(outline["polygon"]).covers(Spot(point.lon, point.lat)))
    if not outline.get("box"):
        return False
    west, south, east, north = outline["box"]
    return bool(west <= point.lon <= east and south <= point.lat <= north)
