"""Keeps the pins and cells of public maps in step with the cases; a reader of the feed.

What a case is now is read from its own row, whatever the event said: reading events twice, or
all of them again, changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from hark311.cases.feed import FeedItem
from hark311.domain.mercator import project
from hark311.domain.vocabulary import StreamKind

LEVELS = tuple(range(11, 18))
"""The sizes of cells that are kept: from about 16 km to 250 m."""
ALL_SERVICES = 0
PINS = "cases_mappin"
"""The table of pins; a load sets its indexes aside."""
_AT_ONCE = 10_000

_TOUCHED = """
SELECT id FROM cases_case WHERE incident_id = ANY(%s)
UNION SELECT id FROM cases_case WHERE id = ANY(%s)
"""
_PLACED = """
SELECT jurisdiction_id, service_id, is_open, lon, lat FROM cases_mappin
WHERE case_id = ANY(%s) AND is_exact
"""
_REMOVE = """
DELETE FROM cases_mappin pin USING cases_case one
WHERE pin.case_id = ANY(%s) AND one.id = pin.case_id AND one.privacy <> 'public'
"""
_BRING = """
INSERT INTO cases_mappin (
  case_id, jurisdiction_id, service_id, is_open, is_exact, lon, lat, opened_at, areas)
SELECT one.id, one.jurisdiction_id, incident.service_id,
  one.standing = 'active' AND incident.state <> 'closed', one.precision = 'point',
  one.lon, one.lat, one.opened_at, ARRAY(SELECT jsonb_array_elements_text(one.areas))
FROM cases_case one JOIN cases_incident incident ON incident.id = one.incident_id
WHERE one.id = ANY(%s) AND one.privacy = 'public'
ON CONFLICT (case_id) DO UPDATE SET
  service_id = EXCLUDED.service_id, is_open = EXCLUDED.is_open, is_exact = EXCLUDED.is_exact,
  lon = EXCLUDED.lon, lat = EXCLUDED.lat, areas = EXCLUDED.areas, opened_at = EXCLUDED.opened_at
"""
_COUNT = """
INSERT INTO cases_mapcell (jurisdiction_id, level, x, y, service_id, is_open, count)
SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::int[], %s::int[], %s::bigint[], %s::bool[],
  %s::int[])
ON CONFLICT (jurisdiction_id, level, service_id, is_open, x, y)
DO UPDATE SET count = cases_mapcell.count + EXCLUDED.count
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of one size, for one service or all, open or closed."""

    jurisdiction_id: int
    level: int
    x: int
    y: int
    service_id: int
    is_open: bool


class MapReader:
    """Brings the pins of touched cases up to date, and the cells by what changed."""

    name = "map"

    def take(self, items: Sequence[FeedItem]) -> None:
        """Six statements for any number of events."""
        incidents = {item.stream_id for item in items if item.stream_kind is StreamKind.INCIDENT}
        cases = {item.case_id for item in items if item.case_id is not None}
        if incidents or cases:
            _refresh(incidents, cases)


def bring_all(first_case: int, last_case: int) -> None:
    """Bring the pins of the cases from one id to another, for cases that no event is read of."""
    for start in range(first_case, last_case + 1, _AT_ONCE):
        with transaction.atomic():
            _refresh((), range(start, min(start + _AT_ONCE, last_case + 1)))


def square_of(lon: float, lat: float, level: int) -> tuple[int, int]:
    """The square of a position: how many stand west and north of it."""
    x, y = project(lon, lat)
    squares = 2**level
    return min(int(x * squares), squares - 1), min(int(y * squares), squares - 1)


def _refresh(incidents: Iterable[int], cases: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [list(incidents), list(cases)])
        touched = [row[0] for row in cursor.fetchall()]
        cursor.execute(_PLACED, [touched])
        before = _cells(cursor.fetchall())
        cursor.execute(_REMOVE, [touched])
        cursor.execute(_BRING, [touched])
        cursor.execute(_PLACED, [touched])
        after = _cells(cursor.fetchall())
        after.subtract(before)
        # In one order everywhere, so that two never wait for each other.
        changed = sorted(
            (cell.jurisdiction_id, cell.level, cell.x, cell.y, cell.service_id, cell.is_open, count)
            for cell, count in after.items()
            if count
        )
        if changed:
            cursor.execute(_COUNT, [list(column) for column in zip(*changed, strict=True)])


def _cells(pins: Iterable[tuple[int, int, bool, float, float]]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for jurisdiction_id, service_id, is_open, lon, lat in pins:
        for level in LEVELS:
            x, y = square_of(lon, lat, level)
            for service in (ALL_SERVICES, service_id):
                found[Cell(jurisdiction_id, level, x, y, service, is_open)] += 1
    return found
