"""Says in words what a point is near to."""

from django.db import connection
from shapely.geometry import Point as Spot
from shapely.ops import nearest_points

from hark311.domain.matching import bounding_box, distance_m
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.ground import GroundStreet, ground_of

_ADDRESS_M, _CORNER_M, _STREET_M = 60, 80, 400
_NEAREST = """
SELECT spot.number, street.name, spot.lon, spot.lat
FROM places_spot spot JOIN places_street street ON street.id = spot.street_id
WHERE point(spot.lon, spot.lat) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))
  AND spot.kind = 'address' AND spot.jurisdiction_id = %(city)s
ORDER BY point(spot.lon, spot.lat) <-> point(%(lon)s, %(lat)s) LIMIT 1
"""


def near_label(jurisdiction: Jurisdiction, point: Point) -> str:
    """The address next to a point, else the corner, else the street; "" if none is near."""
    near = _address(jurisdiction, point)
    if near:
        return near
    ranked = sorted(
        (away, street.name)
        for street in ground_of(jurisdiction).streets
        if (away := _away(street, point)) <= _STREET_M
    )
    if len(ranked) > 1 and ranked[1][0] <= _CORNER_M:
        return f"{ranked[0][1]} & {ranked[1][1]}"
    return ranked[0][1] if ranked else ""


def _address(jurisdiction: Jurisdiction, point: Point) -> str:
    values = bounding_box(point.lon, point.lat, _ADDRESS_M)._asdict()
    values |= {"city": jurisdiction.pk, "lon": point.lon, "lat": point.lat}
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        row = cursor.fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def _away(street: GroundStreet, point: Point) -> float:
    here = Spot(point.lon, point.lat)
    if street.lines.distance(here) > 0.01:
        return float("inf")
    on_it = nearest_points(street.lines, here)[0]
    return distance_m(point.lon, point.lat, on_it.x, on_it.y)
