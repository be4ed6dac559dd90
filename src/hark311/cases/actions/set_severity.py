"""Says how bad it is."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Severity, Visibility
from hark311.platform import clock


@transaction.atomic
def set_severity(
    incident_id: int, severity: Severity, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Set the severity that staff order their work by; it moves no promise.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply with reason ``closed``, ``merged`` or
    ``unchanged``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.SET_SEVERITY, incident)
    require_open(incident)
    if severity.value == incident.severity:
        raise DoesNotApply(reason="unchanged")
    before, incident.severity = incident.severity, severity.value
    record(
        incident,
        EventKind.SEVERITY_SET,
        actor=actor,
        at=clock.now(),
        facts={"severity": severity.value, "before": before},
        rows=[incident],
        visibility=Visibility.STAFF,
    )
    return incident
