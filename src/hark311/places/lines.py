"""Measures along drawn lines: where a house number lies, where the middle is."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry import LineString, MultiLineString

from hark311.domain.place import Point
from hark311.domain.place_text import interpolate

_BEYOND = 60
Parts = Sequence[Mapping[str, Any]]


def lines_of(parts: Parts) -> MultiLineString:
    return MultiLineString([part["line"] for part in parts])


def middle_of(parts: Parts) -> Point:
    """The point halfway along the longest part."""
    longest = max((LineString(part["line"]) for part in parts), key=lambda line: line.length)
    spot = longest.interpolate(0.5, normalized=True)
    return Point(spot.x, spot.y)


def number_on(parts: Parts, number: int) -> Point | None:
    """Where a house number lies along the part whose numbers hold it; None if none does.

    One a little beyond the last number lies at that end.
    """
    numbered = [part for part in parts if part.get("first") is not None]
    part = min(numbered, key=lambda part: _beyond(part, number), default=None)
    if part is None or _beyond(part, number) > _BEYOND:
        return None
    share = interpolate(number, (part["first"], 0.0), (part["last"], 1.0))
    spot = LineString(part["line"]).interpolate(share, normalized=True)
    return Point(spot.x, spot.y)


def _beyond(part: Mapping[str, Any], number: int) -> int:
    """By how much a number is lower or higher than those of a part; 0 within."""
    low, high = sorted((part["first"], part["last"]))
    return int(max(low - number, number - high, 0))
