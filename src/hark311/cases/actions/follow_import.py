"""Brings an imported case up to date with a newer export of the system it came from."""

from datetime import datetime

from django.db import transaction

from hark311.cases.actions.import_case import require_import
from hark311.cases.actions.open_case import Spot
from hark311.cases.actions.reopen_incident import reopen_unasked
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_open
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Visibility


@transaction.atomic
def reopen_imported(case_id: int, at: datetime, *, actor: Actor) -> Incident:
    """Open an incident again because the other system did; its clocks run as before.

    Raises NotAllowed unless the actor is an import, NotFound, IllegalTransition if it is open,
    and DoesNotApply with reason ``merged`` or ``no_active_case``.
    """
    require_import(actor)
    _case, incident = lock_case(case_id, actor)
    return reopen_unasked(incident, actor=actor, at=at)


@transaction.atomic
def move_imported(case_id: int, spot: Spot, at: datetime, *, actor: Actor) -> Incident:
    """Move an open incident, and the case with it, to where the other system says it is now.

    Raises NotAllowed unless the actor is an import, NotFound, and DoesNotApply with reason
    ``closed`` or ``merged``.
    """
    require_import(actor)
    case, incident = lock_case(case_id, actor)
    require_open(incident)
    before = [incident.lon, incident.lat]
    for row in (case, incident):
        row.lon, row.lat, row.areas = spot.point.lon, spot.point.lat, list(spot.areas)
        row.precision = spot.precision.value
        row.address = spot.address or row.address
        row.updated_at = at
    record(
        incident,
        EventKind.PLACE_CORRECTED,
        actor=actor,
        at=at,
        facts={
            "before": before,
            "now": [spot.point.lon, spot.point.lat],
            "areas": list(spot.areas),
        },
        rows=[case, incident],
        visibility=Visibility.PUBLIC,
    )
    return incident
