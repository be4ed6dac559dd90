"""What is known near a draft's place before it is sent: a disruption, and what neighbors told."""

from dataclasses import dataclass
from datetime import datetime

from hark311.catalog.queries import Service
from hark311.disruptions.queries import Alert
from hark311.domain.draft import IntakeDraft, OfferedCandidate
from hark311.domain.vocabulary import LocationPrecision, Privacy
from hark311.government.models import Jurisdiction
from hark311.intake.candidates import candidates
from hark311.intake.joining import taking_up
from hark311.intake.locate import locate


@dataclass(frozen=True, slots=True)
class KnownNear:
    """alert: the disruption that would take the matter up. candidates: beside its incident."""

    alert: Alert | None
    candidates: tuple[OfferedCandidate, ...]


def known_near(
    draft: IntakeDraft, service: Service, jurisdiction: Jurisdiction, *, now: datetime
) -> KnownNear:
    """What the sender may mean; neighbors' reports only near an exact spot.

    Raises BadPlace and OutsideCity, as the place of the draft does.
    """
    spot = locate(draft, service, jurisdiction)
    privacy = service.privacy if draft.wants_public else Privacy.PRIVATE
    alert = taking_up(service, spot, privacy, jurisdiction, at=now)
    if spot.precision is not LocationPrecision.POINT:
        return KnownNear(alert, ())
    incident = alert.incident_id if alert else None
    found = candidates(jurisdiction, service, spot.point, now=now)
    return KnownNear(alert, tuple(one for one in found if one.incident_id != incident))
