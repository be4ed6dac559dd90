"""Puts many rows of one table down at once; faster than inserts, and in the same transaction."""

from collections.abc import Sequence

from django.db import connection, models
from psycopg import sql


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` keys from the sequence of a table, in ascending order."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, model._meta.pk.column, count],
        )
        return sorted(key for (key,) in cursor.fetchall())


def copy_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert rows that have their keys already. Raises as an INSERT would."""
    fields = model._meta.concrete_fields
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [
                    field.get_db_prep_save(getattr(row, field.attname), connection)
                    for field in fields
                ]
            )
    for row in rows:
        row._state.adding = False
