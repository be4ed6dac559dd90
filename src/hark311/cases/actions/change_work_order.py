"""Moves a work order on: sent, done, failed and why, tried again, cancelled."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.models import Incident, WorkOrder
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import Conflict, NotAllowed, NotFound
from hark311.domain.vocabulary import EventKind, WorkOrderState
from hark311.domain.words import required_words
from hark311.domain.work import step
from hark311.platform import clock


@transaction.atomic
def change_work_order(
    order_id: int, to: WorkOrderState, text: str, *, actor: Actor, seen: int | None = None
) -> WorkOrder:
    """Bring a work order into another state; from failed to ready is another try.

    text: the reason of a failure, which is needed; else what came of it, or ''. Only the
    queue of the incident and the department of this order may.

    Raises NotFound, NotAllowed, StaleForm, IllegalTransition, MissingText(field="reason"), and
    DoesNotApply with reason ``closed`` or ``merged``.
    """
    order, incident = _lock_order(order_id, actor, seen)
    require_here(actor, Permission.WORK, incident)
    _require_theirs(actor, order, incident)
    require_open(incident)
    order.state = step(WorkOrderState(order.state), to).value
    order.changed_at = clock.now()
    if to is WorkOrderState.FAILED:
        order.reason = required_words(text, field="reason")
    elif text.strip():
        order.result = text.strip()
    record(
        incident,
        EventKind.WORK_CHANGED,
        actor=actor,
        at=order.changed_at,
        facts={"kind": order.kind, "state": order.state, "order": order.pk},
        rows=[order],
    )
    return order


def _lock_order(order_id: int, actor: Actor, seen: int | None) -> tuple[WorkOrder, Incident]:
    incident_id = (
        WorkOrder.objects.filter(pk=order_id).values_list("incident_id", flat=True).first()
    )
    if incident_id is None:
        raise NotFound(what="work_order")
    incident = lock_incident(incident_id, actor, seen=seen)
    order = WorkOrder.objects.select_for_update(no_key=True).get(pk=order_id)
    if order.incident_id != incident.pk:
        raise Conflict(what="work_order_moved")
    return order, incident


def _require_theirs(actor: Actor, order: WorkOrder, incident: Incident) -> None:
    """Another department with an order of its own here does not touch this one."""
    if actor.kind is not ActorKind.STAFF or incident.queue_id in actor.queues:
        return
    if order.department_id not in actor.departments:
        raise NotAllowed(permission=Permission.WORK.value)
