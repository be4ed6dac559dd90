"""What a city's maps are drawn from: streets, parks, water and areas, read once per load."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.lines import lines_of
from hark311.places.models import Area, Spot, Street

DRAWN = ("park", "water")


@dataclass(frozen=True, slots=True)
class GroundStreet:
    name: str
    is_main: bool
    lines: BaseGeometry


@dataclass(frozen=True, slots=True)
class GroundPlace:
    """A landmark; outline is None where only its position is known."""

    kind: str
    names: Mapping[str, str]
    point: Point
    outline: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class GroundArea:
    layer: str
    names: Mapping[str, str]
    center: Point
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class Ground:
    """All that can be drawn, WGS 84. version: changes whenever any of it does."""

    version: str
    box: Box
    streets: tuple[GroundStreet, ...]
    places: tuple[GroundPlace, ...]
    areas: tuple[GroundArea, ...]
    is_schematic: bool


def ground_of(jurisdiction: Jurisdiction) -> Ground:
    """The ground of a city; three statements once per load and process."""
    return _ground_of(
        jurisdiction.pk,
        jurisdiction.ground_version,
        jurisdiction.pack_digest[:8],
        _box_of(jurisdiction.settings.get("limits") or {}, jurisdiction),
    )


@lru_cache(maxsize=32)
def _ground_of(jurisdiction_id: int, version: int, digest: str, box: Box) -> Ground:
    streets = Street.objects.filter(jurisdiction=jurisdiction_id).exclude(parts=[])
    places = Spot.objects.filter(jurisdiction=jurisdiction_id).exclude(
        kind__in=["address", "crossing"]
    )
    areas = Area.objects.filter(jurisdiction=jurisdiction_id, valid_to__isnull=True)
    rows = list(streets.order_by("-is_main", "key"))
    return Ground(
        version=f"{version}-{digest}",
        box=box,
        streets=tuple(GroundStreet(row.name, row.is_main, lines_of(row.parts)) for row in rows),
        places=tuple(
            GroundPlace(
                row.kind,
                row.names,
                Point(row.lon, row.lat),
                _ring(row.shape) if row.shape else None,
            )
            for row in places.order_by("kind", "key")
        ),
        areas=tuple(
            GroundArea(
                row.layer, row.names, Point(row.center_lon, row.center_lat), shape_of(row.shape)
            )
            for row in areas.order_by("layer", "code")
        ),
        is_schematic=any(row.is_schematic for row in rows),
    )


def _ring(ring: Any) -> BaseGeometry:
    return shape_of({"type": "Polygon", "coordinates": [ring]})


def _box_of(limits: Mapping[str, Any], jurisdiction: Jurisdiction) -> Box:
    """The rectangle around the city's limits; without any, about ten kilometres around it."""
    ring = limits.get("polygon")
    if ring:
        lons, lats = zip(*ring, strict=True)
        return Box(min(lons), min(lats), max(lons), max(lats))
    if limits.get("box"):
        return Box(*limits["box"])
    lon, lat = jurisdiction.center_lon, jurisdiction.center_lat
    return Box(lon - 0.06, lat - 0.05, lon + 0.06, lat + 0.05)
