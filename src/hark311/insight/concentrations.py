"""Finds where cases gather: in a place, and at one minute of closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# About a hundred meters, which is a block.
_BLOCK = "round(c.lon::numeric, 3), round(c.lat::numeric, 3)"


@dataclass(frozen=True, slots=True)
class BusyPlace:
    """A block: its commonest address, and which service was asked for most."""

    lon: float
    lat: float
    address: str
    cases: int
    service_id: int


@dataclass(frozen=True, slots=True)
class MassClosing:
    """Many cases closed within one minute, as by one click. services: how many kinds."""

    at: datetime
    cases: int
    services: int


def busiest_places(jurisdiction_id: int, *, limit: int = 10) -> Sequence[BusyPlace]:
    """The blocks with most cases, most first; only cases with points of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT avg(c.lon), avg(c.lat), mode() WITHIN GROUP (ORDER BY c.address), count(*),
                   mode() WITHIN GROUP (ORDER BY i.service_id)
            FROM cases_case c JOIN cases_incident i ON i.id = c.incident_id
            WHERE c.jurisdiction_id = %s AND c.precision = 'point' AND NOT c.is_sensitive
            GROUP BY {_BLOCK} ORDER BY 4 DESC, {_BLOCK} LIMIT %s
            """,  # noqa: S608  # no value is written into it
            [jurisdiction_id, limit],
        )
        return [BusyPlace(*row) for row in cursor.fetchall()]


def mass_closings(
    jurisdiction_id: int, *, least: int = 20, limit: int = 10
) -> Sequence[MassClosing]:
    """The minutes in which at least so many incidents were closed, most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT date_trunc('minute', closed_at), count(*), count(DISTINCT service_id)
            FROM cases_incident
            WHERE jurisdiction_id = %s AND closed_at IS NOT NULL AND NOT is_sensitive
            GROUP BY 1 HAVING count(*) >= %s ORDER BY 2 DESC, 1 LIMIT %s
            """,
            [jurisdiction_id, least, limit],
        )
        return [MassClosing(*row) for row in cursor.fetchall()]
