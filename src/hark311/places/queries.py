"""Tells which areas of a jurisdiction a position lies in, and what lies around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from shapely import STRtree
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
    """The map of current areas; read once per load of the pack and process."""
    return _areas_of(jurisdiction.pk, jurisdiction.pack_digest)


@lru_cache(maxsize=32)
def _areas_of(jurisdiction_id: int, pack_digest: str) -> AreaMap:
    rows = Area.objects.filter(jurisdiction_id=jurisdiction_id, valid_to__isnull=True)
    return AreaMap(tuple(rows.order_by("layer", "code")))


def responsible_outside(jurisdiction: Jurisdiction, point: Point) -> Mapping[str, object]:
    """Who answers for a place outside: the neighbor whose box holds it, else nothing known.

    Read from the pack's ``neighbors``: name, contact and a box of west, south, east, north.
    """
    for neighbor in jurisdiction.settings.get("neighbors", ()):
        west, south, east, north = neighbor["box"]
        if west <= point.lon <= east and south <= point.lat <= north:
            found: Mapping[str, object] = neighbor
            return found
    return {}
