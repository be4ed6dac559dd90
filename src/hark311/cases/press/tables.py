"""Which columns the printed tables have, and how their rows look as text for COPY."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.db import models

from hark311.cases.ledger import table_name
from hark311.cases.models import (
    Attachment,
    Case,
    Clock,
    Dispute,
    Event,
    EventBody,
    EventFeed,
    Follow,
    Incident,
    Membership,
    Promise,
    Question,
    Rating,
    WorkOrder,
)
from hark311.contacts.models import Interaction, Message
from hark311.people.models import Person
from hark311.platform.bulk_load import NULL

Json = Any

# In an order in which each table stands before those that refer to it.
PRINTED: tuple[type[models.Model], ...] = (
    Person,
    Interaction,
    Message,
    Incident,
    Case,
    Membership,
    Promise,
    Clock,
    Question,
    Dispute,
    Rating,
    WorkOrder,
    Follow,
    Attachment,
    Event,
    EventBody,
    EventFeed,
)
_BY_NAME = {table_name(model): model for model in PRINTED}  # type: ignore[arg-type]  # any model
KEYED = tuple(name for name, model in _BY_NAME.items() if model is not EventBody)
ROWS = tuple(name for name, model in _BY_NAME.items() if model not in {Event, EventBody, EventFeed})
_EMPTY: dict[type, str] = {list: "[]", dict: "{}"}
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def model_of(name: str) -> type[models.Model]:
    """The table behind the name that events keep its rows under."""
    return _BY_NAME[name]


class Sheet:
    """The rows of one table, growing line by line into one text."""

    def __init__(self, name: str) -> None:
        fields = _BY_NAME[name]._meta.concrete_fields
        self._json = tuple(
            index for index, field in enumerate(fields) if isinstance(field, models.JSONField)
        )
        self._text = StringIO()
        self._writer = csv.writer(self._text, lineterminator="\n")

    def add(self, values: Sequence[Json]) -> None:
        """Write one row, its values in the order of the table's columns."""
        line = [NULL if value is None else value for value in values]
        for index in self._json:
            value = line[index]
            if value is not NULL:
                line[index] = _EMPTY[type(value)] if not value else _encode(value)
        self._writer.writerow(line)

    def text(self) -> str:
        return self._text.getvalue()


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table, in its order."""
    return tuple(str(field.column) for field in _BY_NAME[name]._meta.concrete_fields)


def plain_number(value: float) -> float:
    """The number as ``domain.chain`` spells it: whole ones have no decimals."""
    whole = int(value)
    return whole if whole == value else value


def whole_row(name: str, given: dict[str, Json]) -> dict[str, Json]:
    """A new row with what is ``given``, in the order of the table's columns without its key."""
    defaults = _defaults(name)
    row = defaults | given
    if len(row) != len(defaults):
        raise AssertionError(f"{name} has no column {sorted(row.keys() - defaults.keys())}")
    return row


def _defaults(name: str) -> dict[str, Json]:
    if name not in _DEFAULTS:
        _DEFAULTS[name] = dict(
            (field.attname, field.db_default if field.has_db_default() else field.get_default())
            for field in _BY_NAME[name]._meta.concrete_fields
            if not field.primary_key
        )
    return _DEFAULTS[name]


_DEFAULTS: dict[str, dict[str, Json]] = {}
