"""Which incidents nearby may be the one somebody is telling us about."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG); good to half a percent, which a radius of some metres never notices."""


class Box(NamedTuple):
    """West, south, east and north in degrees; never crosses the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident of a service, so far away. closed_at: None while it is open."""

    incident_id: int
    service: str
    distance_m: float
    opened_at: datetime
    is_open: bool
    closed_at: datetime | None = None


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the metres between two points on a sphere of the earth's mean radius."""
    south, north = math.radians(lat1), math.radians(lat2)
    across = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    along = math.sin((north - south) / 2) ** 2
    haversine = along + math.cos(south) * math.cos(north) * across
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(haversine)))


def bounding_box(lon: float, lat: float, radius_m: float) -> Box:
    """Return the smallest box with every point within the radius.

    Around a pole or over the date line it spans every longitude: too much, never too little.
    """
    # A hair wider, so that rounding never leaves out a point on the edge.
    reach = radius_m * (1 + 1e-9) / EARTH_RADIUS_M
    height = math.degrees(reach)
    south, north = max(-90.0, lat - height), min(90.0, lat + height)
    if south == -90.0 or north == 90.0:
        return Box(-180.0, south, 180.0, north)
    width = math.degrees(math.asin(min(1.0, math.sin(reach) / math.cos(math.radians(lat)))))
    if lon - width < -180.0 or lon + width > 180.0:
        return Box(-180.0, south, 180.0, north)
    return Box(lon - width, south, lon + width, north)


def rank(
    candidates: Iterable[Candidate], *, radius_m: float, window: timedelta, now: datetime
) -> tuple[Candidate, ...]:
    """Return the candidates within radius and window: nearest first, then newest.

    An open incident is within the window by its opening, a closed one by its closing.
    Distances are compared by the metre, since no position is better than that.
    """
    near = [
        candidate
        for candidate in candidates
        if candidate.distance_m <= radius_m and now - _last_sign(candidate) <= window
    ]
    return tuple(sorted(near, key=_nearest_then_newest))


def _last_sign(candidate: Candidate) -> datetime:
    if candidate.is_open or candidate.closed_at is None:
        return candidate.opened_at
    return candidate.closed_at


def _nearest_then_newest(candidate: Candidate) -> tuple[int, float, int]:
    return (
        round(candidate.distance_m),
        -candidate.opened_at.timestamp(),
        -candidate.incident_id,
    )
