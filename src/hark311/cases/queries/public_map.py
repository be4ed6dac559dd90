"""Reads what a window of the public map shows: single cases, or bunches where there are many.

Wide windows are answered from counted squares, narrow ones from pins; neither grows with the
number of cases outside of the window.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from hark311.cases.map_reader import ALL_SERVICES, LEVELS, square_of
from hark311.cases.queries.public import PublicFilter
from hark311.cases.queries.public_pins import chosen_by, service_ids
from hark311.catalog.queries import Service, service_version
from hark311.domain.lifecycle import PublicStatus, State
from hark311.domain.matching import Box
from hark311.domain.mercator import unproject
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction

MOST_PINS = 150


@dataclass(frozen=True, slots=True)
class MapItem:
    """One public case on a map."""

    number: str
    point: Point
    service: Service
    state: State
    is_withdrawn: bool
    is_late: bool
    address: str


@dataclass(frozen=True, slots=True)
class Bunch:
    """Many cases in one square of the map."""

    count: int
    point: Point
    box: Box


@dataclass(frozen=True, slots=True)
class MapWindow:
    """Either single items or bunches. total: how many cases lie in the window or its squares."""

    items: tuple[MapItem, ...]
    bunches: tuple[Bunch, ...]
    total: int


_IDS = "SELECT case_id FROM cases_mappin AS pin WHERE {where} LIMIT %(limit)s"
_ITEMS = """
SELECT one.number, one.lon, one.lat, incident.service_version_id, incident.state,
  one.standing = 'withdrawn', coalesce(incident.due_at < %(now)s, false), one.address
FROM cases_case one JOIN cases_incident incident ON incident.id = one.incident_id
WHERE one.id = ANY(%(ids)s) AND one.privacy = 'public' AND one.jurisdiction_id = %(city)s
ORDER BY one.opened_at DESC, one.id DESC
"""
_CELLS = """
SELECT x, y, sum(count) FROM cases_mapcell
WHERE jurisdiction_id = %(city)s AND level = %(level)s AND service_id = ANY(%(services)s)
  AND is_open = ANY(%(open)s) AND x BETWEEN %(west)s AND %(east)s
  AND y BETWEEN %(north)s AND %(south)s
GROUP BY x, y HAVING sum(count) > 0
"""
_GROUPED = """
SELECT floor((lon / 360 + 0.5) * %(squares)s)::int AS x,
  floor((0.5 - ln((1 + sin(radians(lat))) / (1 - sin(radians(lat)))) / (4 * pi())) * %(squares)s
  )::int AS y, count(*)
FROM cases_mappin AS pin WHERE {where} GROUP BY 1, 2
"""
# A bunch has the room of its square: at least 64 pixels.
_FINER = 2


def map_window(
    jurisdiction: Jurisdiction, wanted: PublicFilter, box: Box, *, zoom: int, now: datetime
) -> MapWindow:
    """What a window shows at a zoom; three statements at most."""
    is_plain = not (wanted.area or wanted.words or wanted.opened_from or wanted.opened_to)
    level = max(LEVELS[0], zoom + _FINER)
    if is_plain and level <= LEVELS[-1]:
        bunches = _from_cells(jurisdiction, wanted, box, level)
        total = sum(bunch.count for bunch in bunches)
        if total > MOST_PINS:
            return MapWindow((), bunches, total)
    inside = replace(wanted, box=box)
    items = _items(jurisdiction, inside, now)
    if items is not None:
        return MapWindow(items, (), len(items))
    bunches = _grouped(jurisdiction, inside, zoom + _FINER)
    return MapWindow((), bunches, sum(bunch.count for bunch in bunches))


def _items(
    jurisdiction: Jurisdiction, wanted: PublicFilter, now: datetime
) -> tuple[MapItem, ...] | None:
    """The cases of a window; None if there are too many to show each."""
    chosen = chosen_by(jurisdiction, wanted)
    if chosen.is_nothing:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_IDS.format(where=chosen.where), {**chosen.values, "limit": MOST_PINS + 1})
        ids = [row[0] for row in cursor.fetchall()]
        if len(ids) > MOST_PINS:
            return None
        cursor.execute(_ITEMS, {"ids": ids, "city": jurisdiction.pk, "now": now})
        rows = cursor.fetchall()
    return tuple(
        MapItem(
            number,
            Point(lon, lat),
            service_version(version),
            State(state),
            withdrawn,
            late,
            address,
        )
        for number, lon, lat, version, state, withdrawn, late, address in rows
    )


def _from_cells(
    jurisdiction: Jurisdiction, wanted: PublicFilter, box: Box, level: int
) -> tuple[Bunch, ...]:
    west, north = square_of(box.west, box.north, level)
    east, south = square_of(box.east, box.south, level)
    is_open = {status is PublicStatus.OPEN for status in wanted.statuses} or {True, False}
    with connection.cursor() as cursor:
        services = [ALL_SERVICES]
        if wanted.service_codes:
            services = list(service_ids(jurisdiction, wanted.service_codes))
        cursor.execute(
            _CELLS,
            {
                "city": jurisdiction.pk,
                "level": level,
                "services": services,
                "open": list(is_open),
                "west": west,
                "east": east,
                "north": north,
                "south": south,
            },
        )
        rows = cursor.fetchall()
    return tuple(_bunch(x, y, int(count), level) for x, y, count in rows)


def _grouped(jurisdiction: Jurisdiction, wanted: PublicFilter, level: int) -> tuple[Bunch, ...]:
    chosen = chosen_by(jurisdiction, wanted)
    with connection.cursor() as cursor:
        cursor.execute(_GROUPED.format(where=chosen.where), {**chosen.values, "squares": 2**level})
        rows = cursor.fetchall()
    return tuple(_bunch(x, y, count, level) for x, y, count in rows)


def _bunch(x: int, y: int, count: int, level: int) -> Bunch:
    squares = 2**level
    upper, lower = (
        unproject(x / squares, y / squares),
        unproject((x + 1) / squares, (y + 1) / squares),
    )
    middle = unproject((x + 0.5) / squares, (y + 0.5) / squares)
    return Bunch(count, middle, Box(upper.lon, lower.lat, lower.lon, upper.lat))
