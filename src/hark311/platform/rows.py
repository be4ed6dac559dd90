"""Brings rows to what data says, and tells what that changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import models


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that was added, changed or retired; columns that differ, none for a new row."""

    verb: str
    what: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.verb} {self.what}" + (f": {', '.join(self.columns)}" if self.columns else "")


Row = TypeVar("Row", bound=models.Model)


def bring(
    model: type[Row], where: Mapping[str, object], values: Mapping[str, object], what: str
) -> tuple[Row, RowChange | None]:
    """Insert the row that ``where`` names, or set what differs; None if nothing did."""
    row = model._default_manager.filter(**where).first()
    if row is None:
        return model._default_manager.create(**where, **values), RowChange("add", what)
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if not changed:
        return row, None
    row.save(update_fields=changed)
    return row, RowChange("change", what, changed)
