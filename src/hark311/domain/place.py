"""A point on the globe, and how people's texts for one are read."""

import math
import re
from dataclasses import dataclass

from hark311.domain.errors import BadPlace

_DEGREES = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_NULL_ISLAND_DEGREES = 0.01


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees, WGS 84.

    Raises BadPlace(reason="out_of_range") if it is not on the globe.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        for axis, degrees, limit in (("lon", self.lon, 180), ("lat", self.lat, 90)):
            if not (math.isfinite(degrees) and -limit <= degrees <= limit):
                raise BadPlace(reason="out_of_range", axis=axis)


def point_from(lat_text: str | None, lon_text: str | None) -> Point | None:
    """Return the point that two texts name, or None if both are absent or empty.

    Raises BadPlace with reason ``half`` (one is missing), ``not_a_number``,
    ``out_of_range``, or ``null_island``: zero and zero is a device that knew no place.
    """
    lat, lon = (lat_text or "").strip(), (lon_text or "").strip()
    if not lat and not lon:
        return None
    if not lat or not lon:
        raise BadPlace(reason="half", axis="lon" if lat else "lat")
    point = Point(lon=_degrees("lon", lon), lat=_degrees("lat", lat))
    if max(abs(point.lon), abs(point.lat)) < _NULL_ISLAND_DEGREES:
        raise BadPlace(reason="null_island")
    return point


def _degrees(axis: str, text: str) -> float:
    if not _DEGREES.fullmatch(text):
        raise BadPlace(reason="not_a_number", axis=axis)
    return float(text)
