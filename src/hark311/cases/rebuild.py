"""Recomputes every current column from events and compares; changes nothing.

The database folds the bodies, last write wins, one table at a time and in order of ids, so
two sorted streams are compared side by side and memory does not grow with the tables.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from hark311.cases import models
from hark311.cases.ledger import Json, columns_of, table_name
from hark311.cases.models import Case, Incident, LedgerRow, Membership

_CHUNK = 2000
TABLES: tuple[type[LedgerRow], ...] = tuple(
    table
    for name in models.__all__
    if issubclass(table := getattr(models, name), LedgerRow) and not table._meta.abstract
)
# Ids of events are in order for any one row, since whoever writes it holds its lock.
_FOLD = """
SELECT id, jsonb_object_agg(name, jsonb_build_array(value, event_id))::text
FROM (
  SELECT DISTINCT ON (written.key::bigint, columns.key)
    written.key::bigint AS id, columns.key AS name, columns.value, body.event_id
  FROM cases_eventbody body,
    jsonb_each(body.payload -> 'rows' -> %s) AS written,
    jsonb_each(written.value) AS columns
  ORDER BY written.key::bigint, columns.key, body.event_id DESC
) AS last
GROUP BY id ORDER BY id
"""
_ERASED_LATER = """
SELECT EXISTS (
  SELECT 1 FROM cases_event event
  WHERE event.id > %s AND (
    event.case_id = ANY(%s)
    OR (event.stream_kind = 'incident' AND event.stream_id = ANY(%s))
  ) AND NOT EXISTS (SELECT 1 FROM cases_eventbody body WHERE body.event_id = event.id)
)
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A column whose row says another thing than its events; values are never printed.

    column: "" where the whole row is missing on one side, which ``what`` names.
    """

    table: str
    row_id: int
    column: str
    what: str

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{self.table} {self.row_id}", self.column, self.what)))


@dataclass(frozen=True, slots=True)
class Report:
    """What the comparison saw. unknowable: what only erased events could have told."""

    rows: int
    columns: int
    differences: tuple[Difference, ...]
    unknowable: tuple[Difference, ...]


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    columns: int = 0
    differences: list[Difference] = field(default_factory=list)
    unknowable: list[Difference] = field(default_factory=list)

    def is_gone(self, table: type[LedgerRow], row_id: int) -> None:
        self.differences.append(Difference(table_name(table), row_id, "", "row is gone"))


@dataclass(frozen=True, slots=True)
class _Written:
    """The last value that events gave a column, and which event gave it."""

    value: Json
    event_id: int


_Folded = Mapping[str, _Written]


def compare() -> Report:
    """Compare all tables of the ledger with their events, as of one instant.

    Must be called outside a transaction: it reads under one snapshot of its own.
    """
    tally = _Tally()
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in TABLES:
            _compare_table(table, tally)
    return Report(
        rows=tally.rows,
        columns=tally.columns,
        differences=tuple(tally.differences),
        unknowable=tuple(tally.unknowable),
    )


def _compare_table(table: type[LedgerRow], tally: _Tally) -> None:
    """Walk rows and folded events side by side, both in order of ids."""
    folded = _fold(table_name(table))
    told = next(folded, None)
    for row in table._default_manager.order_by("pk").iterator(chunk_size=_CHUNK):
        while told is not None and told[0] < row.pk:
            tally.is_gone(table, told[0])
            told = next(folded, None)
        columns: _Folded = {}
        if told is not None and told[0] == row.pk:
            columns = told[1]
            told = next(folded, None)
        _compare_row(row, columns, tally)
    while told is not None:
        tally.is_gone(table, told[0])
        told = next(folded, None)


def _compare_row(row: LedgerRow, told: _Folded, tally: _Tally) -> None:
    tally.rows += 1
    for column, value in columns_of(row).items():
        tally.columns += 1
        written = told.get(column)
        if written is not None and written.value == value:
            continue
        what = "no event wrote it" if written is None else "its last event wrote another value"
        difference = Difference(table_name(row), row.pk, column, what)
        is_unknowable = _erased_after(row, written.event_id if written else 0)
        (tally.unknowable if is_unknowable else tally.differences).append(difference)


def _erased_after(row: LedgerRow, event_id: int) -> bool:
    """True if a later event whose body was erased may have written this row."""
    cases = {row.pk} if isinstance(row, Case) else _ids(row, "case_id")
    incidents = {row.pk} if isinstance(row, Incident) else _ids(row, "incident_id", "other_id")
    incidents |= set(
        Membership.objects.filter(case__in=cases).values_list("incident_id", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_ERASED_LATER, [event_id, list(cases), list(incidents)])
        is_erased: bool = cursor.fetchone()[0]
    return is_erased


def _ids(row: LedgerRow, *names: str) -> set[int]:
    return {value for name in names if (value := getattr(row, name, None)) is not None}


def _fold(table: str) -> Iterator[tuple[int, _Folded]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FOLD, [table])
        while rows := cursor.fetchmany(_CHUNK):
            for row_id, columns in rows:
                yield row_id, _read(columns)


def _read(columns: str) -> _Folded:
    found: dict[str, Any] = json.loads(columns)
    return {name: _Written(value, event_id) for name, (value, event_id) in found.items()}
