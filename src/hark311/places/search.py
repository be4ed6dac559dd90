"""Finds places by what people write: addresses, streets, crossings, areas and landmarks.

Spelling mistakes are forgiven by trigrams; what is written exactly comes first. A few statements
for any text, none of which grows with the number of addresses.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from hark311.domain.matching import distance_m
from hark311.domain.place import Point
from hark311.domain.place_text import read_place
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.places.crossings import find_crossings
from hark311.places.house_numbers import find_numbers
from hark311.places.queries import areas_of


class Precision(StrEnum):
    """What a found place is, and so how near to the truth its position is."""

    ADDRESS = "address"
    INTERSECTION = "intersection"
    STREET = "street"
    AREA = "area"
    LANDMARK = "landmark"


@dataclass(frozen=True, slots=True)
class Found:
    """A place that fits. areas: names of the areas that hold it. score: 1 is word for word."""

    label: str
    lon: float
    lat: float
    precision: Precision
    areas: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Named:
    """A street, area, crossing or landmark whose name fits."""

    kind: str
    id: int
    names: Mapping[str, str]
    point: Point
    score: float


_FITS = "(words LIKE %(start)s OR words LIKE %(inner)s OR words %% %(name)s OR %(name)s <%% words)"
_STREETS = """
SELECT 'street' AS kind, id, jsonb_build_object('', name) AS names, words, lon, lat,
  is_main::int * 0.02 AS weight
FROM places_street WHERE jurisdiction_id = %(city)s AND {fits}
"""
_SPOTS_AND_AREAS = """
UNION ALL
SELECT kind, id, names, words, lon, lat, 0.01
FROM places_spot WHERE jurisdiction_id = %(city)s AND kind <> 'address' AND {fits}
UNION ALL
SELECT 'area', id, names, words, center_lon, center_lat, 0.015
FROM places_area WHERE jurisdiction_id = %(city)s AND valid_to IS NULL AND {fits}
"""
# What fits word for word, then what begins so, then what looks like it. A main street goes
# before a small one of the same name.
_BEST = """
WITH fitting AS ({fitting})
SELECT kind, id, names::text, lon, lat, weight + CASE
    WHEN '| ' || words || ' |' LIKE '%%| ' || %(name)s || ' |%%' THEN 0.98
    WHEN ' ' || words LIKE %(inner)s THEN 0.8 + 0.15 * similarity(%(name)s, words)
    ELSE 0.8 * greatest(similarity(%(name)s, words), word_similarity(%(name)s, words) * 0.9)
  END AS score
FROM fitting ORDER BY score DESC, words, id LIMIT %(limit)s
"""
_NAMED_STREETS = _BEST.format(fitting=_STREETS.format(fits=_FITS))
_NAMED_ANYTHING = _BEST.format(fitting=(_STREETS + _SPOTS_AND_AREAS).format(fits=_FITS))
_BE_LENIENT = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.42', true)"
_BE_STRICT = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.6', true)"
_PRECISION = {
    "street": Precision.STREET,
    "area": Precision.AREA,
    "crossing": Precision.INTERSECTION,
}
_TAKEN = 24
_WITH_NUMBER = 12
_CROSSED = 6
# Beyond this, being nearer says nothing more.
_FAR_M = 20_000
_NEARNESS = 0.1


def find_places(
    jurisdiction: Jurisdiction,
    text: str,
    *,
    near: Point | None = None,
    limit: int = 6,
    language: str = "en",
) -> list[Found]:
    """The places that fit a text, best first; none if it holds no word.

    The text may be unfinished, misspelled, in English or Spanish. near: what lies nearer to it
    goes before what fits as well. language: of the names of areas and landmarks.
    """
    words = read_place(text)
    if not words.names:
        return []
    found: list[tuple[str, Point, Precision, float]] = []
    if words.is_crossing:
        found = _crossings(jurisdiction, words.names)
    elif words.number is not None:
        found = _addresses(jurisdiction, words.names[0], words.number)
    if not found:
        found = _named(jurisdiction, words.whole, language)
    return _ranked(jurisdiction, found, near, language)[:limit]


def _crossings(
    jurisdiction: Jurisdiction, names: tuple[str, ...]
) -> list[tuple[str, Point, Precision, float]]:
    first, second = (_fitting(_NAMED_STREETS, jurisdiction, name, _CROSSED) for name in names)
    scores = {street.id: street.score for street in (*first, *second)}
    crossings = find_crossings(
        jurisdiction, [street.id for street in first], [street.id for street in second]
    )
    return [
        (
            one.label,
            one.point,
            Precision.INTERSECTION,
            one.trust * min(scores[id_] for id_ in one.street_ids),
        )
        for one in crossings
    ]


def _addresses(
    jurisdiction: Jurisdiction, name: str, number: int
) -> list[tuple[str, Point, Precision, float]]:
    streets = _fitting(_NAMED_STREETS, jurisdiction, name, _WITH_NUMBER)
    scores = {street.id: street.score for street in streets}
    return [
        (
            one.label,
            one.point,
            Precision.ADDRESS if one.is_placed else Precision.STREET,
            one.trust * scores[one.street_id],
        )
        for one in find_numbers(list(scores), number)
    ]


def _named(
    jurisdiction: Jurisdiction, name: str, language: str
) -> list[tuple[str, Point, Precision, float]]:
    return [
        (
            in_language(one.names, language),
            one.point,
            _PRECISION.get(one.kind, Precision.LANDMARK),
            one.score,
        )
        for one in _fitting(_NAMED_ANYTHING, jurisdiction, name, _TAKEN)
    ]


def _ranked(
    jurisdiction: Jurisdiction,
    found: list[tuple[str, Point, Precision, float]],
    near: Point | None,
    language: str,
) -> list[Found]:
    """Best first, each label once; areas are looked up in memory."""
    ground = areas_of(jurisdiction)
    places: dict[str, Found] = {}
    for label, point, precision, score in sorted(found, key=lambda one: -one[3]):
        away = distance_m(point.lon, point.lat, near.lon, near.lat) if near else 0.0
        fitting = score - _NEARNESS * min(away, _FAR_M) / _FAR_M
        areas = tuple(in_language(area.names, language) for area in ground.at(point))
        places.setdefault(
            label, Found(label, point.lon, point.lat, precision, areas, round(fitting, 4))
        )
    return sorted(places.values(), key=lambda place: -place.score)


def _fitting(statement: str, jurisdiction: Jurisdiction, name: str, limit: int) -> list[Named]:
    """What fits a folded name, best first; where nothing does, what is not too unlike it."""
    wanted: dict[str, str | int] = {
        "city": jurisdiction.pk,
        "name": name,
        "start": f"{name}%",
        "inner": f"% {name}%",
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted)
        rows = cursor.fetchall()
        if not rows:
            with transaction.atomic():
                cursor.execute(_BE_LENIENT)
                cursor.execute(statement, wanted)
                rows = cursor.fetchall()
                cursor.execute(_BE_STRICT)
    return [
        Named(kind, id_, json.loads(names), Point(lon, lat), score)
        for kind, id_, names, lon, lat, score in rows
    ]
