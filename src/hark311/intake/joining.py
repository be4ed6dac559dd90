"""Where a matter belongs: on its own, with what a neighbor told, or to a known disruption."""

from dataclasses import dataclass
from datetime import datetime

from hark311.cases.actions.open_case import Opening, Spot, join_case, open_case
from hark311.cases.disrupting.open_under_disruption import open_under_disruption
from hark311.catalog.queries import Service
from hark311.disruptions.queries import Alert, touching
from hark311.domain.actor import Actor
from hark311.domain.draft import IntakeDraft
from hark311.domain.vocabulary import LocationPrecision, Privacy
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class Opened:
    """The case that was opened. alert_id: the disruption that took it up, if one did."""

    number: str
    case_id: int
    incident_id: int
    alert_id: int | None


def open_or_join(
    opening: Opening, draft: IntakeDraft, jurisdiction: Jurisdiction, *, actor: Actor
) -> Opened:
    """Open the case where it belongs; one statement more than opening it takes.

    Raises what the actions raise.
    """
    alert = None
    if draft.join_incident is None and not draft.beside_alerts:
        service, spot, privacy = opening.service, opening.spot, opening.privacy
        alert = taking_up(service, spot, privacy, jurisdiction, at=opening.opened_at)
    if draft.join_incident is not None:
        case = join_case(opening, draft.join_incident, actor=actor)
    elif alert is not None:
        case = open_under_disruption(opening, alert.id, actor=actor)
    else:
        case = open_case(opening, actor=actor)
    return Opened(case.number, case.pk, case.incident_id, alert.id if alert else None)


def taking_up(
    service: Service, spot: Spot, privacy: Privacy, jurisdiction: Jurisdiction, *, at: datetime
) -> Alert | None:
    """The gravest disruption that takes a matter up; None for a sensitive one. One statement."""
    if privacy is Privacy.SENSITIVE:
        return None
    found = touching(
        jurisdiction,
        at=at,
        point=spot.point if spot.precision is LocationPrecision.POINT else None,
        areas=spot.areas,
        service_code=service.code,
    )
    return found[0] if found else None
