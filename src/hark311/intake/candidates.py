"""Finds open incidents that a draft may be about, as far as the public may see them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from hark311.cases.queries.near import open_public_near
from hark311.catalog.queries import Service
from hark311.domain.draft import OfferedCandidate
from hark311.domain.matching import Candidate, rank
from hark311.domain.place import Point
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Privacy
from hark311.government.models import Jurisdiction
from hark311.platform import media

AT_MOST = 5


def candidates(
    jurisdiction: Jurisdiction, service: Service, point: Point | None, *, now: datetime
) -> tuple[OfferedCandidate, ...]:
    """Up to five open incidents of this service near the point, nearest first; two statements.

    None for services whose matters are private or that set no radius, and without a point:
    sensitive matters never match. Radius and window are the service's own.
    """
    if point is None or service.privacy is not Privacy.PUBLIC or not service.radius_m:
        return ()
    near = open_public_near(jurisdiction, service, point, opened_from=now - service.window)
    ranked = rank(
        [
            Candidate(
                incident_id=one.incident_id,
                service=service.code,
                distance_m=one.distance_m,
                opened_at=one.opened_at,
                is_open=True,
                closed_at=None,
            )
            for one in near
        ],
        radius_m=service.radius_m,
        window=service.window,
        now=now,
    )
    by_incident = {one.incident_id: one for one in near}
    language = translation.get_language() or "en"
    zone = ZoneInfo(jurisdiction.zone)
    return tuple(
        OfferedCandidate(
            incident_id=found.incident_id,
            number=by_incident[found.incident_id].number,
            service_code=service.code,
            service_name=in_language(service.names, language),
            place_text=by_incident[found.incident_id].address,
            distance_m=round(found.distance_m),
            opened_at=found.opened_at.astimezone(zone),
            text=by_incident[found.incident_id].text,
            picture=_address_of(by_incident[found.incident_id].picture_key),
            state=by_incident[found.incident_id].state,
            told=by_incident[found.incident_id].told,
            point=by_incident[found.incident_id].point,
        )
        for found in ranked[:AT_MOST]
    )


def _address_of(picture_key: str) -> str:
    return media.address_of(picture_key) if picture_key else ""
