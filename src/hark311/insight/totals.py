"""Counts the cases of a city, and from when to when they reach."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Totals:
    """first_at, last_at: of the oldest and the newest opening; None where there is no case."""

    cases: int
    open: int
    placed: int
    promised: int
    late: int
    services: int
    first_at: datetime | None
    last_at: datetime | None


def totals_of(jurisdiction_id: int, *, now: datetime) -> Totals:
    """How many cases there are, open ones, ones with a point of their own, promised and late ones.

    now: what is open and promised before it counts as late.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), count(*) FILTER (WHERE i.closed_at IS NULL),
                   count(*) FILTER (WHERE c.precision = 'point'), count(k.due_at),
                   count(*) FILTER (WHERE coalesce(i.closed_at, %s) > k.due_at),
                   count(DISTINCT i.service_id), min(c.opened_at), max(c.opened_at)
            FROM cases_case c
            JOIN cases_incident i ON i.id = c.incident_id
            LEFT JOIN cases_promise p ON p.case_id = c.id AND p.superseded_at IS NULL
            LEFT JOIN cases_clock k ON k.promise_id = p.id AND k.target = 'resolve'
            WHERE c.jurisdiction_id = %s AND NOT c.is_sensitive
            """,
            [now, jurisdiction_id],
        )
        return Totals(*cursor.fetchone())


def latest_opening(jurisdiction_id: int) -> datetime | None:
    """When the newest case was opened; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(opened_at) FROM cases_case WHERE jurisdiction_id = %s", [jurisdiction_id]
        )
        latest: datetime | None = cursor.fetchone()[0]
    return latest
