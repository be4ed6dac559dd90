"""Says on which day it is expected to be done."""

from datetime import date, datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind
from hark311.government.queries import Organisation, organisation_of
from hark311.platform import clock


@transaction.atomic
def set_expected(
    incident_id: int, expected_on: date | None, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Set or take back the expected day; it shows on all cases, and moves no promise.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply with reason ``closed``, ``merged``,
    ``unchanged`` or ``past``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.WORK, incident)
    require_open(incident)
    organisation, now = organisation_of(incident.jurisdiction), clock.now()
    if expected_on == incident.expected_on:
        raise DoesNotApply(reason="unchanged")
    if expected_on is not None:
        require_coming(expected_on, organisation, now)
    before, incident.expected_on = incident.expected_on, expected_on
    incident.updated_at = now
    live = clocks.live_clocks(active_cases_of(incident))
    record(
        incident,
        EventKind.EXPECTED_SET,
        actor=actor,
        at=now,
        facts={
            "expected_on": expected_on.isoformat() if expected_on else None,
            "before": before.isoformat() if before else None,
        },
        rows=[*clocks.restart_update(live, now, organisation), incident],
    )
    return incident


def require_coming(day: date, organisation: Organisation, now: datetime) -> None:
    """Raises DoesNotApply(reason="past") for a day that is over where the city is."""
    if day < now.astimezone(organisation.zone).date():
        raise DoesNotApply(reason="past")
