"""Takes a case from one incident to another; changes rows, saves nothing."""

from datetime import datetime

from hark311.cases.members import membership_now
from hark311.cases.models import Case, Follow, Incident, LedgerRow, Membership
from hark311.domain.lifecycle import State


def move_case(case: Case, to: Incident, at: datetime) -> list[LedgerRow]:
    """Move a case and whoever follows it; its number, person and promise stay its own."""
    before = membership_now(case)
    before.to_at = at
    after = Membership(case=case, incident=to, is_sensitive=case.is_sensitive, from_at=at)
    case.incident = to
    follows = list(
        Follow.objects.select_for_update(no_key=True)
        .filter(case=case, to_at__isnull=True)
        .order_by("id")
    )
    for follow in follows:
        follow.incident = to
    return [before, after, case, *follows]


def incident_for(case: Case, like: Incident, at: datetime) -> Incident:
    """A new incident for one case that leaves ``like``: same service and queue, received anew."""
    return Incident(
        jurisdiction_id=like.jurisdiction_id,
        service_id=like.service_id,
        service_version_id=like.service_version_id,
        state=State.RECEIVED.value,
        severity=like.severity,
        department_id=like.department_id,
        queue_id=like.queue_id,
        is_sensitive=like.is_sensitive,
        lon=case.lon,
        lat=case.lat,
        precision=case.precision,
        address=case.address,
        areas=list(case.areas),
        opened_at=case.opened_at,
        updated_at=at,
        why_here=[*like.why_here, {"code": "split", "facts": {"from": like.pk}}],
        active_cases=1,
        origin=case.origin,
    )
