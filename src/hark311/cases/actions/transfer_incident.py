"""Hands an incident to another queue, which receives it anew."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import EventKind
from hark311.domain.words import required_words
from hark311.government.queries import Organisation, QueueRecord, organisation_of
from hark311.platform import clock


@transaction.atomic
def transfer_incident(
    incident_id: int, queue_id: int, text: str, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Hand an incident to another queue of the same government, with all its cases.

    text: why, for the colleagues who receive it. What waited runs on; who was assigned no
    longer is; promises and their clocks stay as they are.

    Raises NotFound, NotAllowed, StaleForm, IllegalTransition, MissingText, and DoesNotApply with
    reason ``merged``, ``same_queue``, or ``queue_not_sensitive`` for a sensitive incident.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.TRANSFER, incident)
    require_in_queue(incident)
    why = required_words(text)
    organisation = organisation_of(incident.jurisdiction)
    queue = queue_for(incident, queue_id, organisation)
    if queue.id == incident.queue_id:
        raise DoesNotApply(reason="same_queue")
    now, before = clock.now(), organisation.queues[incident.queue_id]
    incident.state = advance(State(incident.state), Verb.TRANSFER).value
    enter_queue(incident, queue)
    incident.updated_at = now
    incident.why_here = [
        *incident.why_here,
        {"code": "transferred", "facts": {"from": before.code, "text": why}},
    ]
    running = clocks.live_clocks(active_cases_of(incident))
    record(
        incident,
        EventKind.TRANSFERRED,
        actor=actor,
        at=now,
        facts={"queue": queue.code, "before": before.code},
        rows=[*clocks.agree_with(incident, running, now, organisation), incident],
    )
    return incident


def queue_for(incident: Incident, queue_id: int, organisation: Organisation) -> QueueRecord:
    """The queue, if the incident may stand in it.

    Raises NotFound, and DoesNotApply(reason="queue_not_sensitive").
    """
    queue = organisation.queues.get(queue_id)
    if queue is None or not queue.is_active:
        raise NotFound(what="queue")
    if incident.is_sensitive and not queue.is_sensitive:
        raise DoesNotApply(reason="queue_not_sensitive")
    return queue


def enter_queue(incident: Incident, queue: QueueRecord) -> None:
    """Put a locked incident into a queue: nobody is assigned, and it waits for nothing."""
    incident.queue_id, incident.department_id = queue.id, queue.department_id
    incident.assignee_id = None
    incident.waiting_for = incident.waiting_note = ""
