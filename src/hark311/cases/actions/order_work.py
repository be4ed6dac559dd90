"""Orders an inspection, a repair or a follow-up on an incident, from any department."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.actions.transfer_incident import queue_for
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.models import WorkOrder
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, WorkOrderKind, WorkOrderState
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock


@transaction.atomic
def order_work(
    incident_id: int,
    kind: WorkOrderKind,
    queue_id: int,
    text: str,
    *,
    actor: Actor,
    seen: int | None = None,
) -> WorkOrder:
    """Put a work order into a queue; its department may then note, ask and work there.

    text: what to do, for whoever does it; nobody outside reads it.

    Raises NotFound, NotAllowed, StaleForm, MissingText, and DoesNotApply with reason ``closed``,
    ``merged``, or ``queue_not_sensitive`` for a sensitive incident.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.WORK, incident)
    require_open(incident)
    now = clock.now()
    queue = queue_for(incident, queue_id, organisation_of(incident.jurisdiction))
    order = WorkOrder(
        incident=incident,
        department_id=queue.department_id,
        queue_id=queue.id,
        kind=kind.value,
        state=WorkOrderState.READY.value,
        text=required_words(text),
        created_at=now,
        changed_at=now,
    )
    record(
        incident,
        EventKind.WORK_ORDERED,
        actor=actor,
        at=now,
        facts={"kind": kind.value, "queue": queue.code},
        rows=[order, incident],
    )
    return order
