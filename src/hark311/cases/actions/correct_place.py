"""Says where it really is."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.members import cases_of
from hark311.cases.models import Case, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import OutsideCity
from hark311.domain.place import Point
from hark311.domain.vocabulary import EventKind, LocationPrecision, Visibility
from hark311.places.queries import areas_of, responsible_outside
from hark311.platform import clock


@transaction.atomic
def correct_place(
    incident_id: int, point: Point, address: str, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Move an incident to a precise point, with the areas around it; its queue stays the same.

    Cases that stood where the incident stood move along; a reporter's own other point stays.
    address: as people read it; '' leaves it as it is.

    Raises NotFound, NotAllowed, StaleForm, OutsideCity, and DoesNotApply with reason ``closed`` or
    ``merged``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.CORRECT_PLACE, incident)
    require_open(incident)
    keys = _areas_at(point, incident)
    moved: list[Case | Incident] = [
        case for case in cases_of(incident) if (case.lon, case.lat) == (incident.lon, incident.lat)
    ]
    before, now = [incident.lon, incident.lat], clock.now()
    for row in (*moved, incident):
        row.lon, row.lat, row.areas = point.lon, point.lat, keys
        row.precision = LocationPrecision.POINT.value
        row.address = address.strip()[:300] or row.address
        row.updated_at = now
    record(
        incident,
        EventKind.PLACE_CORRECTED,
        actor=actor,
        at=now,
        facts={"before": before, "now": [point.lon, point.lat], "areas": keys},
        rows=[*moved, incident],
        visibility=Visibility.PUBLIC,
    )
    return incident


def _areas_at(point: Point, incident: Incident) -> list[str]:
    areas = areas_of(incident.jurisdiction)
    found = areas.at(point)
    if not found and areas.areas:
        whose = responsible_outside(incident.jurisdiction, point)
        raise OutsideCity(responsible=whose.get("names", {}), contact=whose.get("contact", ""))
    return [area.key for area in found]
