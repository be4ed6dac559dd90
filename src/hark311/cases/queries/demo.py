"""Reads how far a demonstration has been filled."""

from datetime import datetime

from django.db.models import Max

from hark311.cases.models import Case, Incident
from hark311.domain.vocabulary import Origin


def newest_demo_case(jurisdiction_id: int) -> datetime | None:
    """When the newest sample case was opened; None if there is none yet."""
    found: datetime | None = Case.objects.filter(
        jurisdiction_id=jurisdiction_id, origin=Origin.DEMO.value
    ).aggregate(newest=Max("opened_at"))["newest"]
    return found


def queue_of(incident_id: int) -> int:
    """The queue in which an incident stands now."""
    return Incident.objects.values_list("queue_id", flat=True).get(pk=incident_id)
