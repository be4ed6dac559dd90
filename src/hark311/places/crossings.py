"""Finds where two streets meet, from their lines or from the addresses that lie nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from shapely.affinity import scale
from shapely.geometry import MultiPoint, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from hark311.domain.matching import distance_m
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.lines import lines_of
from hark311.places.models import Spot, Street


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two streets meet. trust: 1 if both are drawn, less if only addresses are known."""

    street_ids: tuple[int, int]
    label: str
    point: Point
    trust: float


# Drawn lines may end short of each other; the last houses before a corner stand off it.
_REACH_DRAWN_M, _REACH_ADDRESSES_M = 60, 150
# More than that many metres anywhere between the polar circles; a first look, with no measuring.
_REACH_DEGREES = 0.005


def find_crossings(
    jurisdiction: Jurisdiction, first_ids: Sequence[int], second_ids: Sequence[int]
) -> list[Crossing]:
    """Where any of the first streets meets any of the second; two statements."""
    rows = {
        street.pk: street
        for street in Street.objects.filter(
            jurisdiction=jurisdiction, pk__in={*first_ids, *second_ids}
        )
    }
    shapes = _shapes(list(rows.values()))
    found: dict[frozenset[int], Crossing] = {}
    for first in first_ids:
        for second in second_ids:
            pair = frozenset((first, second))
            if len(pair) == 2 and pair not in found and pair <= shapes.keys():
                crossing = _meet(rows[first], rows[second], shapes)
                if crossing is not None:
                    found[pair] = crossing
    return list(found.values())


def _shapes(streets: Sequence[Street]) -> dict[int, BaseGeometry]:
    """Lines where they are drawn, else the positions of addresses; none where neither is known."""
    shapes: dict[int, BaseGeometry] = {
        street.pk: lines_of(street.parts) for street in streets if street.parts
    }
    undrawn = [street.pk for street in streets if not street.parts]
    points: dict[int, list[tuple[float, float]]] = {}
    for street_id, lon, lat in Spot.objects.filter(kind="address", street__in=undrawn).values_list(
        "street_id", "lon", "lat"
    ):
        points.setdefault(street_id, []).append((lon, lat))
    shapes.update({street_id: MultiPoint(known) for street_id, known in points.items()})
    return shapes


def _meet(first: Street, second: Street, shapes: dict[int, BaseGeometry]) -> Crossing | None:
    if box(*shapes[first.pk].bounds).distance(box(*shapes[second.pk].bounds)) > _REACH_DEGREES:
        return None
    # A degree of longitude is shorter than one of latitude: compare both in the same measure.
    shrink = cos(radians(first.lat))
    ends = nearest_points(
        *(scale(shapes[row.pk], shrink, 1, origin=(0, 0)) for row in (first, second))
    )
    here, there = (Point(end.x / shrink, end.y) for end in ends)
    is_drawn = bool(first.parts and second.parts)
    away = distance_m(here.lon, here.lat, there.lon, there.lat)
    if away > (_REACH_DRAWN_M if is_drawn else _REACH_ADDRESSES_M):
        return None
    return Crossing(
        street_ids=(first.pk, second.pk),
        label=f"{first.name} & {second.name}",
        point=Point((here.lon + there.lon) / 2, (here.lat + there.lat) / 2),
        trust=1.0 if is_drawn else 0.9,
    )
