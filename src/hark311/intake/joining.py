"""Where a matter belongs: on its own, with what a neighbor told, or to a known disruption."""

from dataclasses import dataclass

from hark311.cases.actions.open_case import Opening, join_case, open_case
from hark311.cases.disrupting.open_under_disruption import open_under_disruption
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
    alert = _taking_up(opening, draft, jurisdiction)
    if draft.join_incident is not None:
        case = join_case(opening, draft.join_incident, actor=actor)
    elif alert is not None:
        case = open_under_disruption(opening, alert.id, actor=actor)
    else:
        case = open_case(opening, actor=actor)
    return Opened(case.number, case.pk, case.incident_id, alert.id if alert else None)


def _taking_up(opening: Opening, draft: IntakeDraft, jurisdiction: Jurisdiction) -> Alert | None:
    """The gravest disruption that takes this matter up.

    None for a sensitive matter, and where the sender chose a neighbor's report or means
    another matter than what is known.
    """
    if draft.join_incident is not None or draft.beside_alerts:
        return None
    if opening.privacy is Privacy.SENSITIVE:
        return None
    spot = opening.spot
    found = touching(
        jurisdiction,
        at=opening.opened_at,
        point=spot.point if spot.precision is LocationPrecision.POINT else None,
        areas=spot.areas,
        service_code=opening.service.code,
    )
    return found[0] if found else None
