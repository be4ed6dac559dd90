"""Says that work goes on after it waited."""

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
from hark311.domain.vocabulary import EventKind
from hark311.government.queries import organisation_of
from hark311.platform import clock


@transaction.atomic
def resume_incident(incident_id: int, *, actor: Actor, seen: int | None = None) -> Incident:
    """Go on with an incident; clocks that stood for a third party run, later by the pause.

    Raises NotFound, NotAllowed, StaleForm, DoesNotApply(reason="merged"), IllegalTransition.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.WORK, incident)
    require_in_queue(incident)
    return resume_locked(incident, actor=actor, at=clock.now())


def resume_locked(incident: Incident, *, actor: Actor, at: datetime) -> Incident:
    """The same for an incident whose lock is held and for which the right was checked."""
    incident.state = advance(State(incident.state), Verb.RESUME).value
    incident.waiting_for = incident.waiting_note = ""
    incident.updated_at = at
    live = clocks.live_clocks(active_cases_of(incident))
    changed = clocks.agree_with(incident, live, at, organisation_of(incident.jurisdiction))
    record(incident, EventKind.RESUMED, actor=actor, at=at, rows=[*changed, incident])
    return incident
