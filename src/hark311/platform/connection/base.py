"""The connection that Django makes."""

import select
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg.pq import Format


class DatabaseOperations(operations.DatabaseOperations):
    """Tells of a planned statement its text, where Django would know none."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection of one thread."""

    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        """Whether it still stands, asked at the begin of each request.

        A server that ends says so on the wire, and otherwise says nothing unasked: silence is
        health, and costs no round trip.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or bool(super().is_usable())

    def planned_cursor(self) -> CursorWrapper:
        """A cursor whose statements are planned once for all the values they are given.

        Counted and logged as any other. Values come back as what they are, JSON read.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            make: Any = base.ServerBindingCursor
            cursor = make(self.connection)
            cursor.format = Format.BINARY
        wrapped: CursorWrapper = self._prepare_cursor(cursor)  # type: ignore[attr-defined]  # missing in the stubs
        return wrapped
