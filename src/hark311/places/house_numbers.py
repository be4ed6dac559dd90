"""Places house numbers on streets: known ones exactly, others between their neighbors."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from hark311.domain.place import Point
from hark311.domain.place_text import interpolate
from hark311.places.lines import number_on
from hark311.places.models import Street


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number on a street. trust: 1 if known, less the more was guessed.

    is_placed: False if nothing is known of its numbers, and the point is the street's middle.
    """

    street_id: int
    label: str
    point: Point
    trust: float
    is_placed: bool


@dataclass(frozen=True, slots=True)
class _Neighbor:
    number: int
    point: Point


# The known numbers next to the wanted one, on either side; itself is on both.
_NEIGHBORS = """
SELECT street.id, near.number, near.lon, near.lat
FROM unnest(%(streets)s::bigint[]) AS street(id)
CROSS JOIN LATERAL (
  (SELECT number, lon, lat FROM places_spot
   WHERE kind = 'address' AND street_id = street.id AND number <= %(number)s
   ORDER BY number DESC LIMIT 1)
  UNION ALL
  (SELECT number, lon, lat FROM places_spot
   WHERE kind = 'address' AND street_id = street.id AND number > %(number)s
   ORDER BY number LIMIT 1)
) AS near
"""
# Wider gaps hold a bend or a break of the street; beyond the last number little is known.
_GAP, _BEYOND = 600, 100


def find_numbers(street_ids: Sequence[int], number: int) -> list[Numbered]:
    """The number on each of the streets, in no order; two statements."""
    if not street_ids:
        return []
    neighbors = _neighbors(street_ids, number)
    return [
        _numbered(street, number, neighbors.get(street.pk, []))
        for street in Street.objects.filter(pk__in=street_ids)
    ]


def _neighbors(street_ids: Sequence[int], number: int) -> dict[int, list[_Neighbor]]:
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBORS, {"streets": list(street_ids), "number": number})
        rows = cursor.fetchall()
    found: dict[int, list[_Neighbor]] = {}
    for street_id, known, lon, lat in rows:
        found.setdefault(street_id, []).append(_Neighbor(known, Point(lon, lat)))
    return found


def _numbered(street: Street, number: int, neighbors: list[_Neighbor]) -> Numbered:
    label = f"{number} {street.name}"
    for known in neighbors:
        if known.number == number:
            return Numbered(street.pk, label, known.point, 1.0, is_placed=True)
    if len(neighbors) == 2 and neighbors[1].number - neighbors[0].number <= _GAP:
        return Numbered(street.pk, label, _between(number, *neighbors), 0.95, is_placed=True)
    drawn = number_on(street.parts, number)
    if drawn is not None:
        return Numbered(street.pk, label, drawn, 0.9, is_placed=True)
    nearest = min(neighbors, key=lambda known: abs(known.number - number), default=None)
    if nearest is not None and abs(nearest.number - number) <= _BEYOND:
        return Numbered(street.pk, label, nearest.point, 0.8, is_placed=True)
    # Said without the number: it may not be there at all.
    return Numbered(street.pk, street.name, Point(street.lon, street.lat), 0.5, is_placed=False)


def _between(number: int, low: _Neighbor, high: _Neighbor) -> Point:
    ends = ((low.number, 0.0), (high.number, 1.0))
    share = interpolate(number, *ends)
    return Point(
        low.point.lon + share * (high.point.lon - low.point.lon),
        low.point.lat + share * (high.point.lat - low.point.lat),
    )
