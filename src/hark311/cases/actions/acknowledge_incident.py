"""Says that the department has seen it."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import EventKind, Target
from hark311.platform import clock


@transaction.atomic
def acknowledge_incident(incident_id: int, *, actor: Actor, seen: int | None = None) -> Incident:
    """Acknowledge an incident; the promise to acknowledge is kept for all its cases.

    Raises NotFound, NotAllowed, StaleForm, IllegalTransition.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.ACKNOWLEDGE, incident)
    now = clock.now()
    incident.state = advance(State(incident.state), Verb.ACKNOWLEDGE).value
    incident.acknowledged_at = incident.updated_at = now
    met = clocks.meet(clocks.live_clocks(active_cases_of(incident)), [Target.ACKNOWLEDGE], now)
    record(incident, EventKind.ACKNOWLEDGED, actor=actor, at=now, rows=[*met, incident])
    return incident
