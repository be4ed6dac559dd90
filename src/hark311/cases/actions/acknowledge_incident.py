"""Says that the department has seen it."""

from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import EventKind, Target
from hark311.platform import clock


@transaction.atomic
def acknowledge_incident(incident_id: int, *, actor: Actor, seen: int | None = None) -> Incident:
    """Acknowledge an incident; the promise to acknowledge is kept for all its cases.

    Raises NotFound, NotAllowed, StaleForm, DoesNotApply(reason="merged"), IllegalTransition.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.ACKNOWLEDGE, incident)
    require_in_queue(incident)
    return acknowledge_locked(incident, actor=actor, at=clock.now())


def acknowledge_locked(incident: Incident, *, actor: Actor, at: datetime) -> Incident:
    """The same for an incident whose lock is held and for which the right was checked."""
    incident.state = advance(State(incident.state), Verb.ACKNOWLEDGE).value
    incident.acknowledged_at = incident.updated_at = at
    met = clocks.meet(clocks.live_clocks(active_cases_of(incident)), [Target.ACKNOWLEDGE], at)
    record(incident, EventKind.ACKNOWLEDGED, actor=actor, at=at, rows=[*met, incident])
    return incident
