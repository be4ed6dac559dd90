"""Measures along drawn lines: where a house number lies, where the middle is."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry import LineString, MultiLineString

from hark311.domain.place import Point
from hark311.domain.place_text import interpolate

Parts = Sequence[Mapping[str, Any]]


def lines_of(parts: Parts) -> MultiLineString:
    return MultiLineString([part["line"] for part in parts])


def middle_of(parts: Parts) -> Point:
    """The point halfway along the longest part."""
    longest = max((LineString(part["line"]) for part in parts), key=lambda line: line.length)
    spot = longest.interpolate(0.5, normalized=True)
    return Point(spot.x, spot.y)


def number_on(parts: Parts, number: int) -> Point | None:
    """Where a house number lies along the part whose numbers hold it; None if none does."""
    for part in parts:
        first, last = part.get("first"), part.get("last")
        if first is None or last is None or not min(first, last) <= number <= max(first, last):
            continue
        share = interpolate(number, (first, 0.0), (last, 1.0))
        spot = LineString(part["line"]).interpolate(share, normalized=True)
        return Point(spot.x, spot.y)
    return None
