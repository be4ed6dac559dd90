"""The base of every table whose columns can be recomputed from events."""

import copy
from collections.abc import Collection, Sequence
from typing import Any, Self

from django.db import models


class LedgerRow(models.Model):
    """A row that only ``cases.ledger.record`` writes; it remembers what it was loaded with."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs describe a later Django
        cls, db: str | None, field_names: Collection[str], values: Sequence[Any]
    ) -> Self:
        row = super().from_db(db, field_names, values)
        row.loaded = as_loaded(dict(zip(field_names, values, strict=False)))
        return row

    loaded: dict[str, Any] | None = None


def as_loaded(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns as they are now, whatever is done later to the lists and mappings in them."""
    return {
        name: copy.deepcopy(value) if isinstance(value, list | dict) else value
        for name, value in columns.items()
    }
