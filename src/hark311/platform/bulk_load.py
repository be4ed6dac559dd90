"""Loads very many rows into tables that are otherwise at rest: indexes are put aside meanwhile.

What is put aside is written down in the database, in the same transaction that drops it, so
that a load that was stopped goes on or is finished by the next one. Needs the owner's rights.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from hark311.platform.trouble import Trouble

NULL = "\x01"
"""What stands in the text of a batch for a column without a value; no text of people holds it."""

_NOTES = "hark311_bulk_load"
_MAKE_NOTES = f"""
CREATE TABLE IF NOT EXISTS {_NOTES} (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL, content text NOT NULL, UNIQUE (kind, content)
)
"""
# References are put aside first and put back last: they rest on the unique indexes.
_REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
ORDER BY conrelid::regclass::text, conname
"""
_UNIQUES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)
ORDER BY conrelid::regclass::text, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid::regclass::text
"""
_MEMORY = "256MB"


def is_under_way() -> bool:
    """Whether a load was begun and not finished."""
    return _NOTES in connection.introspection.table_names()


def sequence_of(table: str, column: str) -> str | None:
    """The sequence that gives a column its keys; None if none does."""
    name = _rows("SELECT pg_get_serial_sequence(%s, %s)", table, column)[0][0]
    return None if name is None else str(name)


def next_of(sequence: str) -> int:
    """The number that a sequence will give next."""
    found = _rows(f"SELECT last_value + is_called::int FROM {sequence}")  # noqa: S608
    return int(found[0][0])


def move_past(sequence: str, taken: int) -> None:
    """Let a sequence go on behind the number that was taken last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(%s, %s)", [sequence, taken])


def keys_of(table: str, column: str, count: int) -> list[int]:
    """Take so many keys from the sequence of a table, in ascending order."""
    found = _rows(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        table,
        column,
        count,
    )
    return sorted(key for (key,) in found)


def take(sequence: str, first: int, count: int) -> None:
    """Take so many numbers from a sequence, as whoever has no right to set it.

    Raises Trouble if the first is another one: somebody else took some meanwhile.
    """
    found = _rows(
        f"SELECT min(n) FROM (SELECT nextval('{sequence}') AS n"  # noqa: S608  # a name of ours
        f" FROM generate_series(1, {count})) AS taken"
    )
    if count and found[0][0] != first:
        raise Trouble("somebody else writes to the database: stop it, and begin again")


@transaction.atomic
def put_aside(tables: Sequence[str], about: str) -> None:
    """Drop indexes, unique constraints and references of these tables, and note them.

    about: what is loaded, for ``about_load``.
    """
    names = list(tables)
    with connection.cursor() as cursor:
        cursor.execute(_MAKE_NOTES)
        _note("about", about)
        uniques = _rows(_UNIQUES, names)
        references = _rows(_REFERENCES, names)
        for index, definition in _rows(_INDEXES, names):
            _note("restore", definition)
            cursor.execute(f"DROP INDEX {index}")
        for table, name, definition in [*uniques, *references]:
            _note("restore", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table, name, _definition in [*references, *uniques]:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def about_load() -> str:
    """What the load under way said of itself."""
    return str(_rows(f"SELECT content FROM {_NOTES} WHERE kind = 'about'")[0][0])  # noqa: S608


def done_batches() -> frozenset[str]:
    """The names of the batches of the load under way that are in."""
    return frozenset(
        str(name)
        for (name,) in _rows(f"SELECT content FROM {_NOTES} WHERE kind = 'batch'")  # noqa: S608
    )


@transaction.atomic
def load_batch(name: str, texts: Mapping[str, tuple[Sequence[str], str]]) -> None:
    """``copy_texts`` for a load under way; a batch of this name is in after that, or is not."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    copy_texts(texts)
    _note("batch", name)


def copy_texts(texts: Mapping[str, tuple[Sequence[str], str]]) -> None:
    """COPY rows into their tables, within the caller's transaction.

    texts: by table its columns and its rows, as CSV with NULL for what is not there.
    """
    with connection.cursor() as cursor:
        for table, (columns, text) in texts.items():
            statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, NULL {})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.Literal(NULL),
            )
            with cursor.copy(statement) as copy:
                copy.write(text)


def put_back(progress: Callable[[int, int], None]) -> None:
    """Make again what was put aside, one after the other; each is in for good once made.

    progress: told how many of how many are made.
    """
    statements = _rows(f"SELECT position, content FROM {_NOTES} WHERE kind = 'restore' ORDER BY 1")  # noqa: S608
    for made, (position, statement) in enumerate(statements, start=1):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
            cursor.execute(statement)
            cursor.execute(f"DELETE FROM {_NOTES} WHERE position = %s", [position])  # noqa: S608
        progress(made, len(statements))


def finish(tables: Sequence[str]) -> None:
    """Let the planner look at the tables, and forget the load."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        cursor.execute(f"DROP TABLE {_NOTES}")


def _note(kind: str, content: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_NOTES} (kind, content) VALUES (%s, %s)",  # noqa: S608
            [kind, content],
        )


def _rows(query: str, *parameters: str | int | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
