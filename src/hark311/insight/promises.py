"""Tells how promises were kept, and how long things took, by service or by area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection


class Per(StrEnum):
    """What the figures stand beside."""

    SERVICE = "service"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Kept:
    """One line. key: a service's id, or an area as ``layer:code``; "" is no area.

    late: ended after the promised instant, or still open past it. median_days, slow_days: from
    opening to closing of what was closed, the middle one and the one that nine in ten are below.
    """

    key: str
    cases: int
    closed: int
    promised: int
    late: int
    median_days: float | None
    slow_days: float | None

    @property
    def kept_share(self) -> float | None:
        """Between 0 and 1; None where nothing was promised."""
        return 1 - self.late / self.promised if self.promised else None


_LINES = """
    SELECT {key} AS key, count(*), count(i.closed_at), count(k.due_at),
           count(*) FILTER (WHERE coalesce(i.closed_at, %(now)s) > k.due_at),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY {days}),
           percentile_cont(0.9) WITHIN GROUP (ORDER BY {days})
    FROM cases_case c
    JOIN cases_incident i ON i.id = c.incident_id
    LEFT JOIN cases_promise p ON p.case_id = c.id AND p.superseded_at IS NULL
    LEFT JOIN cases_clock k ON k.promise_id = p.id AND k.target = 'resolve'
    WHERE c.jurisdiction_id = %(city)s AND NOT c.is_sensitive
    GROUP BY 1 ORDER BY 2 DESC, 1
"""
_DAYS = "extract(epoch FROM i.closed_at - c.opened_at) / 86400.0"
_KEYS = {
    Per.SERVICE: "i.service_id::text",
    Per.AREA: """coalesce((SELECT area FROM jsonb_array_elements_text(i.areas) AS area
        WHERE starts_with(area, %(layer)s) LIMIT 1), '')""",
}


def promises_kept(
    jurisdiction_id: int, per: Per, *, now: datetime, layer: str = ""
) -> Sequence[Kept]:
    """One line per service or area, most cases first.

    now: what is open and promised before it counts as late. layer: which layer of areas.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LINES.format(key=_KEYS[per], days=_DAYS),
            {"city": jurisdiction_id, "now": now, "layer": f"{layer}:"},
        )
        return [Kept(*row) for row in cursor.fetchall()]
