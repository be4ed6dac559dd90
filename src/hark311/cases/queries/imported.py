"""Reads which cases of another system are here already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from hark311.cases.models import Case
from hark311.domain.lifecycle import State
from hark311.domain.place import Point
from hark311.domain.vocabulary import LocationPrecision, Outcome


@dataclass(frozen=True, slots=True)
class Known:
    """A case that came from another system, as far as its next export has to know.

    is_imported_end: it is closed, and only because the other system closed it.
    """

    case_id: int
    number: str
    service: str
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    is_open: bool
    is_imported_end: bool
    is_merged: bool
    point: Point
    precision: LocationPrecision


def known_by_foreign_number(
    jurisdiction_id: int, foreign_numbers: Collection[str]
) -> Mapping[str, Known]:
    """The cases with these foreign numbers, one query for all of them."""
    cases = Case.objects.filter(
        jurisdiction_id=jurisdiction_id, foreign_number__in=foreign_numbers
    ).select_related("incident__service")
    return {case.foreign_number: _known(case) for case in cases if case.foreign_number}


def _known(case: Case) -> Known:
    incident = case.incident
    is_merged = incident.merged_into_id is not None
    is_open = State(incident.state).is_open and not is_merged
    return Known(
        case_id=case.pk,
        number=case.number,
        service=incident.service.code,
        opened_at=case.opened_at,
        updated_at=max(case.updated_at, incident.updated_at),
        closed_at=incident.closed_at,
        is_open=is_open,
        is_imported_end=not is_open and incident.outcome == Outcome.NOT_RECORDED.value,
        is_merged=is_merged,
        point=Point(incident.lon, incident.lat),
        precision=LocationPrecision(incident.precision),
    )
