"""Gives an incident to one member of staff, or to nobody."""

from django.db import transaction
from django.db.models import Q

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.models import Incident
from hark311.domain.actor import Actor, Role
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.government.models import StaffRole
from hark311.platform import clock


@transaction.atomic
def assign_incident(
    incident_id: int, account_id: int | None, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Assign an incident to an account that works in its department; None takes it from whoever.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply with reason ``closed``, ``merged``,
    ``unchanged`` or ``not_of_department``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.ASSIGN, incident)
    require_open(incident)
    if incident.assignee_id == account_id:
        raise DoesNotApply(reason="unchanged")
    if account_id is not None and not _works_here(account_id, incident):
        raise DoesNotApply(reason="not_of_department")
    before, incident.assignee_id = incident.assignee_id, account_id
    record(
        incident,
        EventKind.ASSIGNED,
        actor=actor,
        at=clock.now(),
        facts={"account": account_id, "before": before},
        rows=[incident],
        visibility=Visibility.STAFF,
    )
    return incident


def _works_here(account_id: int, incident: Incident) -> bool:
    """A role in all departments reaches every queue but the sensitive ones."""
    everywhere = Q(pk__in=[]) if incident.is_sensitive else Q(department=None)
    return (
        StaffRole.objects.filter(
            everywhere
            | Q(department=incident.department_id, queue=None)
            | Q(queue=incident.queue_id),
            account_id=account_id,
            account__is_active=True,
            jurisdiction=incident.jurisdiction_id,
        )
        .exclude(role=Role.VIEWER.value)
        .exists()
    )
