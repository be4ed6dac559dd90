"""Takes the lock that an action works under, and refuses what the actor may not know of.

Order of locks, so that no two actions wait for each other: incidents by ascending id, then
everything that hangs on them. A case is always locked through its incident. No lock is on
a row's key, which nobody changes: whoever only points at the row, as a notice does, waits
for none of them.
"""

from collections.abc import Iterable

from hark311.access.policy import Permission, require
from hark311.cases.models import Case, Event, Incident, WorkOrder
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import Conflict, DoesNotApply, NotFound, StaleForm
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Standing, StreamKind, WorkOrderState

# Events that do not make a colleague's open form stale.
_HARMLESS = frozenset(
    {
        EventKind.FOLLOWED,
        EventKind.UNFOLLOWED,
        EventKind.RATED,
        EventKind.SURVEY_ASKED,
        EventKind.CLOCK_WARNED,
        EventKind.CONTACT_OPENED,
        EventKind.CLAIMED,
        EventKind.EVIDENCE_ATTACHED,
    }
)
_ATTEMPTS = 3


def lock_incident(incident_id: int, actor: Actor, *, seen: int | None = None) -> Incident:
    """Lock and return an incident that the actor may know of.

    seen: the last sequence of its stream that the person's form was made from; None
    where no form was shown.

    Raises NotFound (also for another jurisdiction, and for a sensitive incident outside the
    actor's queues) and StaleForm(changes=kinds) if others changed it since ``seen``.
    """
    incident = Incident.objects.select_for_update(no_key=True).filter(pk=incident_id).first()
    if incident is None or not is_known_to(incident, actor):
        raise NotFound(what="incident")
    if seen is not None:
        refuse_stale(incident, actor, seen)
    return incident


def lock_incidents(incident_ids: Iterable[int], actor: Actor) -> tuple[Incident, ...]:
    """Lock several incidents in the order that avoids deadlocks; return them as asked for.

    Raises NotFound as lock_incident does.
    """
    wanted = tuple(incident_ids)
    locked = {pk: lock_incident(pk, actor) for pk in sorted(set(wanted))}
    return tuple(locked[pk] for pk in wanted)


def lock_case(case_id: int, actor: Actor, *, seen: int | None = None) -> tuple[Case, Incident]:
    """Lock a case by its incident; return both as they are under the lock.

    A case that moved meanwhile is followed: against the order of locks only if nobody holds
    its incident, since they may wait for the one that is held here.

    Raises NotFound as lock_incident does, and Conflict if the case moves on each attempt.
    """
    held = 0
    for _attempt in range(_ATTEMPTS):
        incident_id = Case.objects.filter(pk=case_id).values_list("incident_id", flat=True).first()
        if incident_id is None:
            raise NotFound(what="case")
        if incident_id < held and not _is_free(incident_id):
            break
        held = max(held, incident_id)
        incident = lock_incident(incident_id, actor, seen=seen)
        case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
        if case.incident_id == incident.pk:
            return case, incident
    raise Conflict(what="case_moved")


def _is_free(incident_id: int) -> bool:
    """Lock an incident, unless somebody else holds it."""
    rows = Incident.objects.select_for_update(no_key=True, skip_locked=True)
    return rows.filter(pk=incident_id).first() is not None


def is_known_to(incident: Incident, actor: Actor) -> bool:
    """True if the actor may know that this incident exists."""
    if incident.jurisdiction_id != actor.jurisdiction_id:
        return False
    if not incident.is_sensitive or actor.kind is not ActorKind.STAFF:
        return True
    return incident.queue_id in actor.queues


def refuse_stale(incident: Incident, actor: Actor, seen: int) -> None:
    """Raises StaleForm, with the kinds of what happened, if others changed it since ``seen``."""
    later = (
        Event.objects.filter(
            stream_kind=StreamKind.INCIDENT, stream_id=incident.pk, sequence__gt=seen
        )
        .exclude(kind__in=[kind.value for kind in _HARMLESS])
        .order_by("sequence")
        .values_list("kind", flat=True)
    )
    changes = tuple(later)
    if changes:
        raise StaleForm(changes=changes)


def require_here(actor: Actor, permission: Permission, incident: Incident) -> None:
    """Raises NotAllowed unless the actor's queues, or a work order of theirs, allow this here."""
    work_departments: frozenset[int] = frozenset()
    if incident.queue_id not in actor.queues and actor.kind is ActorKind.STAFF:
        work_departments = frozenset(
            WorkOrder.objects.filter(incident=incident)
            .exclude(state=WorkOrderState.CANCELLED.value)
            .values_list("department_id", flat=True)
        )
    require(actor, permission, queue_id=incident.queue_id, work_departments=work_departments)


def require_voice(actor: Actor) -> None:
    """Residents speak for cases that ``intake.reply`` proved to be theirs; staff need the right to.

    Raises NotAllowed for staff without it, and for keys.
    """
    if actor.kind is not ActorKind.RESIDENT:
        require(actor, Permission.REPORT_FOR_OTHERS)


def require_in_queue(incident: Incident) -> None:
    """Raises DoesNotApply(reason="merged") if its cases have gone to another incident."""
    if incident.merged_into_id is not None:
        raise DoesNotApply(reason="merged", into=incident.merged_into_id)


def require_open(incident: Incident) -> None:
    """Raises DoesNotApply(reason="merged" or "closed") if there is nothing left to work on."""
    require_in_queue(incident)
    if not State(incident.state).is_open:
        raise DoesNotApply(reason="closed")


def require_active(case: Case) -> None:
    """Raises DoesNotApply(reason="withdrawn") if the reporter has taken the case back."""
    if case.standing != Standing.ACTIVE.value:
        raise DoesNotApply(reason="withdrawn")
