"""Lists public cases page by page, newest or nearest first, at any number of cases.

A page goes on after the last case of the one before, by its key: no page costs more than the
first. What is shown of a case is read from its own row, and only if that is public now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hark311.cases.queries.public import PublicCase, PublicFilter, records_of
from hark311.cases.queries.public_pins import SOURCES, Chosen, Value, chosen_by
from hark311.domain.matching import distance_m
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy
from hark311.government.models import Jurisdiction

COUNTED = 1000
"""Beyond this many, a list says "more than"."""


@dataclass(frozen=True, slots=True)
class After:
    """The last case of a page. measure: when it was opened, or how far away in degrees."""

    measure: datetime | float
    case_id: int


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page. after: of the page that follows, None at the end."""

    cases: tuple[PublicCase, ...]
    after: After | None


_NEWEST = """
SELECT case_id, opened_at AS measure FROM {source} AS pin
WHERE {where} AND {after} ORDER BY opened_at DESC, case_id DESC LIMIT %(limit)s
"""
_NEAREST = """
SELECT case_id, point(lon, lat) <-> point(%(lon)s, %(lat)s) AS measure FROM {source} AS pin
WHERE is_exact AND {where} AND {after}
ORDER BY point(lon, lat) <-> point(%(lon)s, %(lat)s), case_id LIMIT %(limit)s
"""
_PAGE = "SELECT case_id, measure FROM (({pins}) UNION ALL ({fresh})) AS found ORDER BY {order} LIMIT %(limit)s"  # fmt: skip  # noqa: E501
_AFTER_NEWEST = "(opened_at, case_id) < (%(last)s, %(last_id)s)"
_AFTER_NEAREST = "(point(lon, lat) <-> point(%(lon)s, %(lat)s), case_id) > (%(last)s, %(last_id)s)"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM {source} AS pin WHERE {where} LIMIT %(limit)s) AS one"


def public_list(
    jurisdiction: Jurisdiction,
    wanted: PublicFilter,
    *,
    size: int = 20,
    after: After | None = None,
    near: Point | None = None,
) -> PublicPage:
    """A page of public cases: nearest first if a place is given, else newest first.

    Three statements for any page. near: leaves out what has no exact place.
    """
    chosen = chosen_by(jurisdiction, wanted)
    if chosen.is_nothing:
        return PublicPage((), None)
    rows = _page(chosen, size + 1, after, near)
    shown = rows[:size]
    cases = _records(jurisdiction, [case_id for case_id, _measure in shown])
    last = After(shown[-1][1], shown[-1][0]) if len(rows) > size else None
    return PublicPage(cases, last)


def public_count(jurisdiction: Jurisdiction, wanted: PublicFilter) -> int:
    """How many public cases fit, up to one more than ``COUNTED``; three statements."""
    chosen = chosen_by(jurisdiction, wanted)
    if chosen.is_nothing:
        return 0
    values: dict[str, Value] = {**chosen.values, "limit": COUNTED + 1}
    found = 0
    with connection.cursor() as cursor:
        for source in SOURCES:
            cursor.execute(_COUNT.format(source=source, where=chosen.where), values)
            found += cursor.fetchone()[0]
    return min(found, COUNTED + 1)


def metres_from(case: PublicCase, near: Point) -> float:
    return distance_m(case.point.lon, case.point.lat, near.lon, near.lat)


def _page(
    chosen: Chosen, limit: int, after: After | None, near: Point | None
) -> list[tuple[int, datetime | float]]:
    values: dict[str, Value] = {**chosen.values, "limit": limit}
    if near:
        values |= {"lon": near.lon, "lat": near.lat}
    if after:
        values |= {"last": after.measure, "last_id": after.case_id}
    each = _NEAREST if near else _NEWEST
    going_on = _AFTER_NEAREST if near else _AFTER_NEWEST
    pins, fresh = (
        each.format(source=source, where=chosen.where, after=going_on if after else "TRUE")
        for source in SOURCES
    )
    order = "measure, case_id" if near else "measure DESC, case_id DESC"
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(pins=pins, fresh=fresh, order=order), values)
        return [(case_id, measure) for case_id, measure in cursor.fetchall()]


def _records(jurisdiction: Jurisdiction, ids: Sequence[int]) -> tuple[PublicCase, ...]:
    """The records in the order of their ids; one that is not public any more is left out."""
    found = records_of(jurisdiction, ids).values()
    return tuple(case for case in found if case.privacy is Privacy.PUBLIC)
