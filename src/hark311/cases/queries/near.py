"""Reads which open incidents lie near a place."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hark311.catalog.queries import Service
from hark311.domain.lifecycle import State
from hark311.domain.matching import bounding_box, distance_m
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class NearIncident:
    """An open incident with a public case, and how far away it is."""

    incident_id: int
    number: str
    text: str
    address: str
    opened_at: datetime
    distance_m: float
    state: State
    told: int
    picture_key: str
    point: Point


# The oldest public case speaks for its incident, also of where and since when: a private one
# may have begun it elsewhere. The box is what the GiST index answers.
_NEAR = """
SELECT i.id, c.number, c.public_text, c.address, c.opened_at, c.lon, c.lat, i.state,
  (SELECT count(*) FROM cases_case t WHERE t.incident_id = i.id AND t.standing = 'active'
    AND t.privacy = 'public'),
  coalesce((
    SELECT a.storage_key FROM cases_attachment a JOIN cases_case p ON p.id = a.case_id
    WHERE p.incident_id = i.id AND p.privacy = 'public' AND p.standing = 'active'
      AND a.state = 'shown' AND NOT a.is_evidence AND a.kind = 'photo'
    ORDER BY a.id LIMIT 1
  ), '')
FROM cases_incident i
JOIN LATERAL (
  SELECT number, public_text, address, opened_at, lon, lat FROM cases_case
  WHERE incident_id = i.id AND privacy = 'public' AND standing = 'active'
    AND precision = 'point'
  ORDER BY id LIMIT 1
) c ON true
WHERE point(i.lon, i.lat) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))
  AND i.state <> 'closed' AND i.merged_into_id IS NULL AND NOT i.is_sensitive
  AND i.precision = 'point'
  AND i.jurisdiction_id = %(jurisdiction)s AND i.service_id = %(service)s
  AND i.opened_at >= %(opened_from)s
LIMIT 200
"""


def open_public_near(
    jurisdiction: Jurisdiction, service: Service, point: Point, *, opened_from: datetime
) -> tuple[NearIncident, ...]:
    """Open incidents of a service in the box around its radius, in no order; one statement."""
    box = bounding_box(point.lon, point.lat, service.radius_m)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR,
            {
                "west": box.west,
                "south": box.south,
                "east": box.east,
                "north": box.north,
                "jurisdiction": jurisdiction.pk,
                "service": service.id,
                "opened_from": opened_from,
            },
        )
        rows = cursor.fetchall()
    return tuple(
        NearIncident(
            incident_id=row[0],
            number=row[1],
            text=row[2],
            address=mask_text(row[3]),
            opened_at=row[4],
            distance_m=distance_m(point.lon, point.lat, row[5], row[6]),
            state=State(row[7]),
            told=row[8],
            picture_key=row[9],
            point=Point(row[5], row[6]),
        )
        for row in rows
    )
