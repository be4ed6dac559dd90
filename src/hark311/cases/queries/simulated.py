"""Reads what a simulation has told so far, so that it goes on where it stands."""

from datetime import datetime

from django.db.models import Max

from hark311.cases.models import Case, Dispute, Incident, WorkOrder
from hark311.domain.vocabulary import DisputeState, Origin, Privacy


def newest_demo_case(jurisdiction_id: int) -> datetime | None:
    """When the newest sample case was opened; None if there is none yet."""
    found: datetime | None = Case.objects.filter(
        jurisdiction_id=jurisdiction_id, origin=Origin.DEMO.value
    ).aggregate(newest=Max("opened_at"))["newest"]
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
