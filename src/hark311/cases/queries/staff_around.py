"""What stands around an incident for staff: how the public sees it, links, clocks, ratings."""

from dataclasses import dataclass

from hark311.cases.models import Case, Follow, Incident
from hark311.cases.queries import staff_parts as parts
from hark311.cases.queries.public import PublicCase, records_of
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.cases.queries.staff_near import open_around
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State
from hark311.domain.matching import distance_m
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy, Standing
from hark311.government.models import Jurisdiction

_LOOKED_AT, _SHOWN = 50, 8


@dataclass(frozen=True, slots=True)
class Neighbor:
    """An open incident of the same service within its match radius."""

    incident_id: int
    place: str
    point: Point
    state: State
    distance_m: int
    cases: int


@dataclass(frozen=True, slots=True)
class Around:
    """What the page of an incident shows beside its cases and its history."""

    targets: tuple[parts.TargetLine, ...]
    ratings: parts.RatingSum
    linked: tuple[parts.LinkedIncident, ...]
    followers: int
    neighbors: tuple[Neighbor, ...]


def around(incident: StaffIncident, actor: Actor, names: Names) -> Around:
    """A fixed number of statements; the incident is one that the actor knows."""
    here = incident.incident_id
    leads_to = {
        **({incident.merged_into_id: "merged_into"} if incident.merged_into_id else {}),
        **({incident.follows_id: "follows"} if incident.follows_id else {}),
    }
    return Around(
        targets=parts.target_lines(here),
        ratings=parts.rating_sum(here),
        linked=parts.linked_incidents(here, leads_to, actor, names),
        followers=Follow.objects.filter(incident=here, to_at__isnull=True).count(),
        neighbors=neighbors(incident, actor, names),
    )


def neighbors(incident: StaffIncident, actor: Actor, names: Names) -> tuple[Neighbor, ...]:
    """Open incidents that may be the same, the nearest first, eight at most. One statement."""
    here, radius_m = incident.point, incident.service.radius_m
    if incident.is_sensitive or radius_m <= 0:
        return ()
    same = Incident.objects.filter(known_to(actor), service=incident.service.id)
    rows = open_around(same, here, radius_m).exclude(pk=incident.incident_id)[:_LOOKED_AT]
    found = (_neighbor(row, here, names) for row in rows)
    within = (one for one in found if one.distance_m <= radius_m)
    return tuple(sorted(within, key=lambda one: one.distance_m)[:_SHOWN])


def _neighbor(row: Incident, here: Point, names: Names) -> Neighbor:
    return Neighbor(
        incident_id=row.pk,
        place=place_text(row, names.area_names(row.areas)),
        point=Point(row.lon, row.lat),
        state=State(row.state),
        distance_m=round(distance_m(here.lon, here.lat, row.lon, row.lat)),
        cases=row.active_cases,
    )


def shown_case(incident_id: int, jurisdiction: Jurisdiction) -> PublicCase | None:
    """The case by which people see an incident: its oldest public one that was not taken back.

    Where none is public, the oldest that was not taken back, which only its reporter sees;
    ``privacy`` tells which. None if it has no case any more. Two statements.
    """
    rows = Case.objects.filter(incident=incident_id, standing=Standing.ACTIVE.value)
    # The oldest comes last, so it is what stays.
    ids = dict(rows.order_by("-id").values_list("privacy", "id"))
    chosen = ids.get(Privacy.PUBLIC.value) or min(ids.values(), default=None)
    if chosen is None:
        return None
    return records_of(jurisdiction, [chosen]).get(chosen)
