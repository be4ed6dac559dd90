"""Takes out of a database what pgbench wrote into it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

# Tables that an intake writes, with their keys.
_TABLES = (
    ("cases_eventbody", "event_id"),
    ("cases_event", "id"),
    ("cases_clock", "id"),
    ("cases_promise", "id"),
    ("cases_membership", "id"),
    ("cases_case", "id"),
    ("cases_incident", "id"),
    ("contacts_message", "id"),
    ("contacts_interaction", "id"),
    ("people_person", "id"),
)


@contextmanager
def leavings_taken_out(server: object) -> Iterator[None]:
    """Afterwards no row is there that was not there before; only while nobody else writes."""
    url = server.roles.superuser  # type: ignore[attr-defined]
    with psycopg.connect(url, autocommit=True) as connection:
        before = {table: _highest(connection, table, key) for table, key in _TABLES}
        yield
        # Rules that keep events from being erased are for everybody else.
        connection.execute("SET session_replication_role = replica")
        for table, key in _TABLES:
            connection.execute(f"DELETE FROM {table} WHERE {key} > %s", [before[table]])


def _highest(connection: psycopg.Connection[tuple[int]], table: str, key: str) -> int:
    found = connection.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchone()
    return found[0] if found else 0
