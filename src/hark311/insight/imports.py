"""Counts what had to be set right in imported rows, from the events that say so."""

from collections.abc import Mapping

from django.db import connection


def repairs_by_code(jurisdiction_id: int) -> Mapping[str, int]:
    """How many cases came with each kind of repair, most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT code, count(*)
            FROM cases_event e
            JOIN cases_eventbody b ON b.event_id = e.id
            CROSS JOIN LATERAL jsonb_object_keys(b.payload -> 'facts' -> 'repairs') AS code
            WHERE e.jurisdiction_id = %s AND e.kind = 'received' AND e.origin = 'import'
            GROUP BY code ORDER BY 2 DESC, 1
            """,
            [jurisdiction_id],
        )
        return dict(cursor.fetchall())
