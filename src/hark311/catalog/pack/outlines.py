"""Outlines of areas, from boxes, rings and GeoJSON files, and what is wrong with them."""

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from hark311.catalog.pack.city_format import Lonlat, Sides
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.pack_format import Area, Layer
from hark311.catalog.pack.reading import Reading


class Outlined(Protocol):
    """An area, the city's limits, a neighbor."""

    @property
    def at(self) -> Place: ...
    @property
    def box(self) -> Sides | None: ...
    @property
    def polygon(self) -> tuple[Lonlat, ...] | None: ...


def outline_of(part: Outlined) -> BaseGeometry:
    """The outline as a geometry in longitude and latitude, WGS 84.

    The part comes from a pack without faults, so it has exactly one outline.
    """
    geometry: Mapping[str, Any] | None = getattr(part, "geometry", None)
    if geometry is not None:
        return _polygons(geometry)
    if part.box is not None:
        return box(*part.box)
    return Polygon(part.polygon or ())


def check_outline(part: Outlined, noun: str, reading: Reading) -> None:
    """Note what is wrong with the outline of a part of the pack; ``noun`` names the part."""
    if getattr(part, "geometry", None) is not None:
        return
    if (part.box is None) == (part.polygon is None):
        number = "no outline" if part.box is None else "two outlines"
        reading.fault(part.at, f"{noun} has {number}.", "Give either `box` or `polygon`.")
    elif part.polygon is not None:
        check_ring(part.polygon, part.at, noun, reading)


def check_ring(ring: Sequence[Lonlat], at: Place, noun: str, reading: Reading) -> None:
    """Note what is wrong with a ring of points; ``noun`` names what it goes around."""
    problem = _ring_problem(ring) or _shape_problem(Polygon(ring))
    if problem:
        reading.fault(at, f"The polygon of {noun} {problem}.", _OUTLINE_REMEDY)


_OUTLINE_REMEDY = "Draw one line around it that ends where it began and never crosses itself."


def _ring_problem(ring: Sequence[Lonlat]) -> str:
    if len(ring) < 4:
        return "has fewer than four points"
    if ring[0] != ring[-1]:
        return "is not closed"
    return ""


def _shape_problem(geometry: BaseGeometry) -> str:
    if not geometry.is_valid:
        reason = str(explain_validity(geometry))
        return "crosses itself" if "intersection" in reason else f"is not valid: {reason}"
    return "is empty" if geometry.is_empty or geometry.area == 0 else ""


def areas_of_file(layer: Layer, folder: Path, reading: Reading) -> tuple[Area, ...]:
    """The areas of the layer's GeoJSON file, each placed on the line where its feature begins."""
    if layer.geojson is None:
        return ()
    name = str(layer.geojson)
    try:
        text = (folder / name).read_text(encoding="utf-8")
        document = json.loads(text)
    except OSError:
        reading.fault(
            layer.geojson.at, f"The file {name!r} is not there.", "Put it in the pack's folder."
        )
    except json.JSONDecodeError as error:
        reading.fault(
            Place(name, error.lineno), f"This is not JSON: {error.msg}.", "Export the file again."
        )
    except (UnicodeDecodeError, RecursionError):
        reading.fault(Place(name, 1), "This is not a GeoJSON text.", "Export the file again.")
    else:
        return _areas_of(document, layer, name, text, reading)
    return ()


def _areas_of(
    document: object, layer: Layer, name: str, text: str, reading: Reading
) -> tuple[Area, ...]:
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        reading.fault(
            Place(name, 1), "The file has no features.", "Export it as a FeatureCollection."
        )
        return ()
    lines = [
        text.count("\n", 0, found.start()) + 1
        for found in re.finditer(r'"type"\s*:\s*"Feature"', text)
    ]
    lines += [1] * len(features)
    found = [
        _area_of(feature, str(layer.code_property or "code"), Place(name, line), reading)
        for feature, line in zip(features, lines, strict=False)
    ]
    return tuple(area for area in found if area is not None)


def _area_of(feature: object, code_property: str, at: Place, reading: Reading) -> Area | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get(code_property) if isinstance(properties, dict) else None
    if not isinstance(feature, dict) or not isinstance(code, str | int) or not str(code).strip():
        reading.fault(
            at, f"The feature has no {code_property!r}.", "Add it, or change `code_property`."
        )
        return None
    geometry = feature.get("geometry")
    problem = _geometry_problem(geometry)
    if isinstance(geometry, dict) and not problem:
        problem = _shape_problem(_polygons(geometry))
    if problem:
        reading.fault(at, f"The outline of area {str(code)!r} {problem}.", _OUTLINE_REMEDY)
        return None
    return Area(
        at=at,
        code=Word(str(code).strip(), at),
        names=None,
        box=None,
        polygon=None,
        geometry=geometry,
    )


def _rings_of(geometry: Mapping[str, Any]) -> list[list[Any]]:
    """The polygons of a geometry, each as its list of rings."""
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else list(coordinates)


def _polygons(geometry: Mapping[str, Any]) -> BaseGeometry:
    flat = [
        [[(point[0], point[1]) for point in ring] for ring in rings]
        for rings in _rings_of(geometry)
    ]
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in flat])


def _geometry_problem(geometry: object) -> str:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return "is not a Polygon or MultiPolygon"
    if not isinstance(geometry.get("coordinates"), list):
        return "has no coordinates"
    polygons = _rings_of(geometry)
    if not polygons or not all(isinstance(rings, list) and rings for rings in polygons):
        return "is empty"
    for ring in (ring for rings in polygons for ring in rings):
        if not isinstance(ring, list) or not all(_is_position(point) for point in ring):
            return "has a position that is not [longitude, latitude]"
        problem = _ring_problem(ring)
        if problem:
            return problem
    return ""


def _is_position(point: object) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    lon, lat = point[0], point[1]
    if isinstance(lon, bool) or isinstance(lat, bool):
        return False
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return False
    return isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
