"""Finds what was reported again: after it was said to be closed, or while it was still open.

Two cases are taken for one matter if they ask for the same service, have points of their own and
lie within a radius. That is a likelihood, not a finding: words and pictures are not compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from django.db import connection

RADIUS_M = 50
AGAIN_DAYS = 30
_METERS_PER_DEGREE = 111_320.0

# Cells are as wide as the radius at the latitude where a degree of longitude is shortest here,
# so whatever lies within the radius lies in the same cell or in one beside it.
_PAIRS = """
    WITH spot AS (
        SELECT c.id, c.number, c.foreign_number, c.address, c.incident_id, c.opened_at,
               i.closed_at, i.service_id, c.lon, c.lat,
               floor(c.lon * %(per_lon)s)::int AS gx, floor(c.lat * %(per_lat)s)::int AS gy
        FROM cases_case c JOIN cases_incident i ON i.id = c.incident_id
        WHERE c.jurisdiction_id = %(city)s AND c.precision = 'point' AND NOT c.is_sensitive
    ), near AS (
        SELECT a.*, a.gx + dx AS bx, a.gy + dy AS by
        FROM spot a
        CROSS JOIN (VALUES (-1), (0), (1)) AS h(dx) CROSS JOIN (VALUES (-1), (0), (1)) AS v(dy)
    )
    SELECT DISTINCT ON (b.id)
           a.service_id, a.number, a.foreign_number, a.opened_at, a.closed_at,
           b.number, b.foreign_number, b.opened_at, b.address, b.lon, b.lat
    FROM near a
    JOIN spot b ON b.service_id = a.service_id AND b.gx = a.bx AND b.gy = a.by
        AND b.incident_id <> a.incident_id
    WHERE {condition}
        AND sqrt(power((b.lon - a.lon) * %(m_lon)s, 2) + power((b.lat - a.lat) * %(m_lat)s, 2))
            <= %(radius)s
    ORDER BY b.id, a.closed_at DESC NULLS LAST, a.id
"""
_AGAIN = """a.closed_at IS NOT NULL AND b.opened_at > a.closed_at
        AND b.opened_at <= a.closed_at + make_interval(days => %(days)s)"""
_WHILE_OPEN = """(b.opened_at > a.opened_at OR (b.opened_at = a.opened_at AND b.id > a.id))
        AND b.opened_at <= coalesce(a.closed_at, a.opened_at + make_interval(days => %(days)s))
        AND b.opened_at <= a.opened_at + make_interval(days => %(days)s)"""


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier case and a later one that is likely about the same matter.

    first, second: their numbers; foreign numbers where they came from another system.
    """

    service_id: int
    first: str
    first_opened_at: datetime
    first_closed_at: datetime | None
    second: str
    second_opened_at: datetime
    address: str
    lon: float
    lat: float


def reported_again(
    jurisdiction_id: int, latitude: float, *, days: int = AGAIN_DAYS, radius_m: float = RADIUS_M
) -> Sequence[Pair]:
    """Cases opened within ``days`` after one like them nearby was closed; each once.

    latitude: about where the city lies; it tells how long a degree of longitude is.
    """
    return _pairs(_AGAIN, jurisdiction_id, latitude, days, radius_m)


def likely_duplicates(
    jurisdiction_id: int, latitude: float, *, days: int = AGAIN_DAYS, radius_m: float = RADIUS_M
) -> Sequence[Pair]:
    """Cases opened while one like them nearby was open, at most ``days`` after it; each once."""
    return _pairs(_WHILE_OPEN, jurisdiction_id, latitude, days, radius_m)


def _pairs(
    condition: str, jurisdiction_id: int, latitude: float, days: int, radius_m: float
) -> Sequence[Pair]:
    m_lat = _METERS_PER_DEGREE
    m_lon = _METERS_PER_DEGREE * max(0.1, _cosine(latitude))
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS.format(condition=condition),
            {
                "city": jurisdiction_id,
                "days": days,
                "radius": radius_m,
                "m_lon": m_lon,
                "m_lat": m_lat,
                "per_lon": m_lon / radius_m,
                "per_lat": m_lat / radius_m,
            },
        )
        rows = cursor.fetchall()
    return [_pair(row) for row in rows]


def _pair(row: tuple[Any, ...]) -> Pair:
    service, number, foreign, opened, closed, later, later_foreign, later_opened, *spot = row
    address, lon, lat = spot
    return Pair(
        service_id=service,
        first=foreign or number,
        first_opened_at=opened,
        first_closed_at=closed,
        second=later_foreign or later,
        second_opened_at=later_opened,
        address=address,
        lon=lon,
        lat=lat,
    )


def _cosine(latitude: float) -> float:
    return cos(radians(latitude))
