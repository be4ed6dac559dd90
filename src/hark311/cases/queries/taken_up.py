"""How many reports a disruption has taken up, and the incident that holds them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hark311.cases.models import Incident
from hark311.domain.lifecycle import State


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The incident that holds the reports, wherever a merge took them."""

    incident_id: int
    cases: int
    state: State


def taken_up(incident_ids: Collection[int]) -> Mapping[int, TakenUp]:
    """By the id that the disruption names; a statement, and one more for each merge in a row."""
    rows = {row.pk: row for row in Incident.objects.filter(pk__in=incident_ids)}
    while wanted := _unread(rows):
        rows |= {row.pk: row for row in Incident.objects.filter(pk__in=wanted)}
    return {pk: _record(rows, pk) for pk in incident_ids if pk in rows}


def _unread(rows: Mapping[int, Incident]) -> set[int]:
    """Where merges lead to that has not been read."""
    led = (row.merged_into_id for row in rows.values())
    return {pk for pk in led if pk is not None and pk not in rows}


def _record(rows: Mapping[int, Incident], pk: int) -> TakenUp:
    row = rows[pk]
    while row.merged_into_id:
        row = rows[row.merged_into_id]
    return TakenUp(row.pk, row.active_cases, State(row.state))
