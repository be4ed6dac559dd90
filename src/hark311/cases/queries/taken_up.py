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
    rows: dict[int, Incident] = {}
    wanted = set(incident_ids)
    while wanted:
        found = Incident.objects.in_bulk(wanted)
        rows |= found
        wanted = {row.merged_into_id for row in found.values() if row.merged_into_id} - set(rows)
    return {pk: _record(rows, pk) for pk in incident_ids if pk in rows}


def _record(rows: Mapping[int, Incident], pk: int) -> TakenUp:
    row = rows[pk]
    while row.merged_into_id:
        row = rows[row.merged_into_id]
    return TakenUp(row.pk, row.active_cases, State(row.state))
