"""Writes down what one request asks of the database, as a script that pgbench can repeat."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from hark311.domain.numbers import format_number
from hark311.platform import clock, planned

_SERIAL = "SELECT nextval('contacts_serial')"


@dataclass
class _Step:
    statement: str
    values: Any
    is_inside: bool
    row: tuple[Any, ...] = ()


@dataclass
class Capture:
    """The statements in their order, with the rows that later ones take keys from."""

    steps: list[_Step] = field(default_factory=list)

    def of(self, act: Callable[[], object]) -> str:
        """The script of what ``act`` does."""
        fetch = planned.fetch

        def noting(statement: str, values: planned.Values = ()) -> list[tuple[Any, ...]]:
            found = fetch(statement, values)
            if found and self.steps:
                self.steps[-1].row = found[0]
            return found

        planned.fetch = noting
        try:
            with connection.execute_wrapper(self._note):
                act()
        finally:
            planned.fetch = fetch
        return _script(self.steps)

    def _note(self, execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        self.steps.append(_Step(str(statement), values, connection.in_atomic_block))
        return execute(statement, values, many, context)


def _script(steps: Sequence[_Step]) -> str:
    known: dict[object, str] = {}
    lines, is_inside = [], False
    for number, step in enumerate(steps):
        if step.is_inside != is_inside:
            lines.append("BEGIN;" if step.is_inside else "END;")
            is_inside = step.is_inside
        lines.append(_line(step, number, known))
    return "\n".join([*lines, "END;" if is_inside else ""])


def _line(step: _Step, number: int, known: dict[object, str]) -> str:
    text = _with_values(step, known).strip().rstrip(";")
    if step.statement == _SERIAL:
        known[format_number(clock.now().year, step.row[0])] = f":ref{number}"
        return f"SELECT 'b' || nextval('contacts_serial') AS ref{number} \\gset"
    if step.statement.startswith("SELECT nextval"):
        names = [f"key{number}_{place}" for place, _ in enumerate(step.row)]
        known |= {key: f":{name}" for key, name in zip(step.row, names, strict=True)}
        return f"SELECT * FROM ({text}) AS taken ({', '.join(names)}) \\gset"
    if "RETURNING" in step.statement and len(step.row) == 1 and "allowance" not in text:
        known[step.row[0]] = f":got{number}_id"
        return f"{text} \\gset got{number}_"
    return f"{text};"


def _with_values(step: _Step, known: Mapping[object, str]) -> str:
    values = step.values
    if not values:
        return step.statement.replace("%%", "%") if values is not None else step.statement
    if isinstance(values, Mapping):
        return step.statement % {name: _written(value, known) for name, value in values.items()}
    return step.statement % tuple(_written(value, known) for value in values)


def _written(value: Any, known: Mapping[object, str]) -> str:
    is_key = (isinstance(value, int) and value > 9999) or isinstance(value, str)
    if is_key and value in known:
        return known[value]
    literal = sql.Literal(value).as_string(connection.connection)
    # A colon in a text would begin the name of a variable.
    opened, quote, rest = literal.partition("'")
    if not quote or ":" not in rest:
        return literal
    body, _, cast = rest.rpartition("'")
    if "E" not in opened:
        body = body.replace("\\", "\\\\")
    return f" E'{re.sub(':', lambda _: chr(92) + 'x3a', body)}'{cast}"
