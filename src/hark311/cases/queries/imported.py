"""Reads which cases of another system are here already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from hark311.cases.models import Case
from hark311.domain.lifecycle import State


@dataclass(frozen=True, slots=True)
class Known:
    """A case that came from another system, as far as its next export has to know."""

    case_id: int
    opened_at: datetime
    is_open: bool


def known_by_foreign_number(
    jurisdiction_id: int, foreign_numbers: Collection[str]
) -> Mapping[str, Known]:
    """The cases with these foreign numbers, one query for all of them."""
    rows = Case.objects.filter(
        jurisdiction_id=jurisdiction_id, foreign_number__in=foreign_numbers
    ).values_list(
        "foreign_number", "pk", "opened_at", "incident__state", "incident__merged_into_id"
    )
    return {
        number: Known(pk, opened_at, State(state).is_open and merged_into is None)
        for number, pk, opened_at, state, merged_into in rows
        if number
    }
