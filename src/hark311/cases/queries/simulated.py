"""Reads what a simulation has told so far, so that it goes on where it stands."""

from datetime import datetime

from django.db.models import Max

from hark311.cases.models import Case, Dispute, Event, Incident, WorkOrder
from hark311.domain.vocabulary import DisputeState, EventKind, Origin, Privacy, StreamKind

# What sweeps and the people who try a demonstration add by themselves.
_BY_THEMSELVES = (EventKind.CLOCK_WARNED, EventKind.CLOCK_BREACHED, EventKind.QUESTION_LAPSED)


def told_until(jurisdiction_id: int) -> datetime | None:
    """When the last thing happened that a simulation told; None if it has told nothing."""
    told = Event.objects.filter(
        jurisdiction=jurisdiction_id,
        origin=Origin.DEMO.value,
        stream_kind=StreamKind.INCIDENT.value,
    ).exclude(kind__in=[kind.value for kind in _BY_THEMSELVES])
    found: datetime | None = told.aggregate(newest=Max("at"))["newest"]
    return found


def queue_of(incident_id: int) -> int:
    """The queue in which an incident stands now."""
    return Incident.objects.values_list("queue_id", flat=True).get(pk=incident_id)


def incident_of(case_id: int) -> int:
    """The incident that a case belongs to now."""
    return Case.objects.values_list("incident_id", flat=True).get(pk=case_id)


def is_public(case_id: int) -> bool:
    return Case.objects.filter(pk=case_id, privacy=Privacy.PUBLIC.value).exists()


def open_dispute_of(case_id: int) -> int:
    """The dispute of a case that waits for an answer. Raises Dispute.DoesNotExist."""
    waiting = Dispute.objects.filter(case=case_id, state=DisputeState.REQUESTED.value)
    return waiting.values_list("pk", flat=True).get()


def newest_order_of(incident_id: int) -> int:
    """The work order of an incident that was given last."""
    return WorkOrder.objects.filter(incident=incident_id).latest("pk").pk
