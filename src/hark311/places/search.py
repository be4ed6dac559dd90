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
from hark311.domain.place_text import read_place, stem_of
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


_STREETS = """
SELECT 'street' AS kind, id, jsonb_build_object('', name) AS names, words, lon, lat,
  is_main::int * 0.02 + (source = 'pack')::int * 0.03 AS weight
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
_ANYTHING = _STREETS + _SPOTS_AND_AREAS
# What a pack draws goes before what only a list of addresses names, and main streets first.
_BEST = """
WITH fitting AS ({fitting})
SELECT kind, id, names::text, lon, lat, weight + {score} AS score
FROM fitting ORDER BY score DESC, words, id LIMIT %(limit)s
"""
# Word for word, then what begins so, then what has all the words; the shorter the better.
_SAME = """CASE
    WHEN words LIKE %(whole)s THEN 0.98
    WHEN words LIKE %(start)s THEN 0.85 + 0.1 * length(%(name)s)::float / length(words)
    ELSE 0.75 + 0.1 * length(%(name)s)::float / length(words)
  END"""
_ALIKE = "0.75 * greatest(similarity(%(name)s, words), word_similarity(%(name)s, words) * 0.95)"
_SOUNDS = "words %%> %(stem)s"
# For one statement only: more names are then looked at, and that is slower.
_BE_LENIENT = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.42', true)"
_BE_STRICT = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.6', true)"
_PRECISION = {
    "street": Precision.STREET,
    "area": Precision.AREA,
    "crossing": Precision.INTERSECTION,
}
# Letters; what a single one begins is anything.
_LEAST = 2
_TAKEN = 24
_WITH_NUMBER = 12
_CROSSED = 5
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
    if not words.names or len(words.whole) < _LEAST:
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
    first, second = (_fitting(_STREETS, jurisdiction, name, _CROSSED) for name in names)
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
    streets = _fitting(_STREETS, jurisdiction, name, _WITH_NUMBER)
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
        for one in _fitting(_ANYTHING, jurisdiction, name, _TAKEN)
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


def _fitting(tables: str, jurisdiction: Jurisdiction, name: str, limit: int) -> list[Named]:
    """What fits a folded name, best first; where nothing does, what is not too unlike it."""
    starts = {f"word{index}": f"% {word}%" for index, word in enumerate(name.split())}
    wanted: dict[str, str | int] = {
        "city": jurisdiction.pk,
        "name": name,
        "stem": stem_of(name),
        "whole": f"%| {name} |%",
        "start": f"%| {name}%",
        "limit": limit,
        **starts,
    }
    same = " AND ".join(f"words LIKE %({key})s" for key in starts)
    with connection.cursor() as cursor:
        cursor.execute(_statement(tables, same, _SAME), wanted)
        rows = cursor.fetchall()
        if not rows:
            with transaction.atomic():
                cursor.execute(_BE_LENIENT)
                cursor.execute(_statement(tables, _SOUNDS, _ALIKE), wanted)
                rows = cursor.fetchall()
                cursor.execute(_BE_STRICT)
    return [
        Named(kind, id_, json.loads(names), Point(lon, lat), score)
        for kind, id_, names, lon, lat, score in rows
    ]


def _statement(tables: str, fits: str, score: str) -> str:
    return _BEST.format(fitting=tables.format(fits=fits), score=score)
