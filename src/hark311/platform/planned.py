"""Runs the few statements that are asked most, planned once and without the cost of the ORM.

They run on Django's own connection and in its transaction. Values are named ``%(name)s`` or
``%s``; a statement is a constant, so that the server knows it again.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

from hark311.platform.connection.base import DatabaseWrapper

Values = Sequence[Any] | Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)


def fetch(statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
    """All rows that the statement gives. Raises what Django raises for a database."""
    with cast(DatabaseWrapper, connection).planned_cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def run(statement: str, values: Values = ()) -> int:
    """Run a statement that gives no rows; return how many it wrote."""
    with cast(DatabaseWrapper, connection).planned_cursor() as cursor:
        cursor.execute(statement, values)
        written: int = cursor.rowcount
    return written


def rows(model: type[Row], where: str, values: Values = (), *, end: str = "") -> list[Row]:
    """The rows of a table that fit. where, end: constants; ``end`` says the order and how many."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [
        model.from_db("default", names, found)
        for found in fetch(f"{_select(model)} WHERE {where} {end}", values)
    ]


def first(model: type[Row], where: str, values: Values = ()) -> Row | None:
    """The first row of a table that fits, None if none does. where: a constant condition."""
    found = rows(model, where, values, end=f'ORDER BY "{model._meta.pk.column}" LIMIT 1')
    return found[0] if found else None


def insert(row: models.Model, *, unless_known: bool = False) -> bool:
    """Insert a row and take over its key; whether it was inserted.

    unless_known: a row that the table's constraints hold for known already is left out, after
    whoever is just inserting it is done. Raises IntegrityError otherwise.
    """
    model = type(row)
    names = tuple(_given(row))
    found = fetch(_insert(model, names, unless_known=unless_known), values_of(row, names))
    if not found:
        return False
    row.pk = found[0][0]
    row._state.adding, row._state.db = False, "default"
    return True


def insert_all(fresh: Sequence[models.Model]) -> None:
    """Insert rows of any tables, which have their keys already, in one statement.

    Rows may refer to each other in any order. Raises IntegrityError.
    """
    shape = tuple((type(row), tuple(_given(row, with_key=True))) for row in fresh)
    values = [
        value
        for row, (_model, names) in zip(fresh, shape, strict=True)
        for value in values_of(row, names)
    ]
    run(_insert_all(shape), values)
    for row in fresh:
        row._state.adding, row._state.db = False, "default"


def take_keys(tables: Sequence[type[models.Model]]) -> tuple[int, ...]:
    """A fresh key of each of these tables, in their order; one statement."""
    return fetch(_keys(tuple(tables)))[0] if tables else ()


def values_of(row: models.Model, names: Sequence[str]) -> list[Any]:
    """What the columns of these names are given, as the driver takes it."""
    json = _json_names(type(row))
    found = [getattr(row, name) for name in names]
    return [
        Jsonb(value) if name in json and value is not None else value
        for name, value in zip(names, found, strict=True)
    ]


def _given(row: models.Model, *, with_key: bool = False) -> list[str]:
    """The columns that the row says something of; the database fills in the others."""
    key = row._meta.pk.attname
    return [
        field.attname
        for field in row._meta.concrete_fields
        if (with_key or field.attname != key or row.pk is not None)
        and not isinstance(getattr(row, field.attname), DatabaseDefault)
    ]


@lru_cache(maxsize=64)
def _json_names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    )


@lru_cache(maxsize=64)
def _select(model: type[models.Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'SELECT {columns} FROM "{model._meta.db_table}"'  # noqa: S608


@lru_cache(maxsize=256)
def _insert(model: type[models.Model], names: tuple[str, ...], *, unless_known: bool) -> str:
    clash = " ON CONFLICT DO NOTHING" if unless_known else ""
    return f'{_bare_insert(model, names)}{clash} RETURNING "{model._meta.pk.column}"'


@lru_cache(maxsize=256)
def _insert_all(shape: tuple[tuple[type[models.Model], tuple[str, ...]], ...]) -> str:
    *before, last = (_bare_insert(model, names) for model, names in shape)
    named = ", ".join(f"r{number} AS ({one})" for number, one in enumerate(before))
    return f"WITH {named} {last}" if named else last


def _bare_insert(model: type[models.Model], names: tuple[str, ...]) -> str:
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    listed = ", ".join(f'"{columns[name]}"' for name in names)
    places = ", ".join(["%s"] * len(names))
    return f'INSERT INTO "{model._meta.db_table}" ({listed}) VALUES ({places})'  # noqa: S608


@lru_cache(maxsize=256)
def _keys(tables: tuple[type[models.Model], ...]) -> str:
    taken = (
        f"nextval(pg_get_serial_sequence('{table._meta.db_table}', '{table._meta.pk.column}'))"
        for table in tables
    )
    return f"SELECT {', '.join(taken)}"
