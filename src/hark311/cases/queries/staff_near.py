"""What is open near a place, of any service, for whoever speaks with somebody who is there."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

from hark311.cases.models import Case, Incident
from hark311.cases.queries.staff_known import Names, place_text
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State
from hark311.domain.matching import bounding_box, distance_m
from hark311.domain.place import Point

NEAR_M = 500
AT_MOST = 6
_LOOKED_AT = 200
# As the GiST index of open incidents has it.
_WITHIN = (
    "point(cases_incident.lon, cases_incident.lat) <@ box(point(%s, %s), point(%s, %s))"
    " AND cases_incident.state <> 'closed' AND NOT cases_incident.is_sensitive"
    " AND cases_incident.merged_into_id IS NULL"
)


@dataclass(frozen=True, slots=True)
class OpenNear:
    """An open incident near a place. distance_m: None where only the words of the place agree."""

    incident_id: int
    service: str
    service_code: str
    place: str
    state: State
    cases: int
    distance_m: int | None
    opened_at: datetime
    due_at: datetime | None


def open_near(
    actor: Actor, names: Names, *, point: Point | None, words: str
) -> tuple[OpenNear, ...]:
    """Open incidents within 500 m of the point, the nearest first; without one, those at a
    place described by all these words. One statement, none if neither is given.

    Sensitive matters are never among them.
    """
    if point is not None:
        rows = list(open_around(_open(actor), point, NEAR_M)[:_LOOKED_AT])
        placed = sorted(
            ((distance_m(point.lon, point.lat, row.lon, row.lat), row) for row in rows),
            key=lambda pair: pair[0],
        )
        return tuple(
            _near(row, names, round(away)) for away, row in placed[:AT_MOST] if away <= NEAR_M
        )
    if not words.strip():
        return ()
    return tuple(_near(row, names, None) for row in _at_words(actor, words))


def open_around(rows: QuerySet[Incident], here: Point, radius_m: float) -> QuerySet[Incident]:
    """Those of the rows that are open, not sensitive, and in the box around a circle."""
    box = bounding_box(here.lon, here.lat, radius_m)
    corners = [box.west, box.south, box.east, box.north]
    return rows.extra(where=[_WITHIN], params=corners)  # noqa: S610  # a constant


def _open(actor: Actor) -> QuerySet[Incident]:
    return Incident.objects.filter(
        jurisdiction_id=actor.jurisdiction_id, is_sensitive=False, merged_into__isnull=True
    ).exclude(state=State.CLOSED.value)


def _at_words(actor: Actor, words: str) -> list[Incident]:
    said = Case.objects.annotate(words=SearchVector("address", config="simple")).filter(
        words=SearchQuery(words, config="simple"), jurisdiction_id=actor.jurisdiction_id
    )
    newest = said.order_by("-id").values("incident")[:_LOOKED_AT]
    return list(_open(actor).filter(pk__in=newest).order_by("-opened_at", "-id")[:AT_MOST])


def _near(row: Incident, names: Names, away: int | None) -> OpenNear:
    service = names.services.get(row.service_version_id)
    return OpenNear(
        incident_id=row.pk,
        service=names.service(row.service_version_id),
        service_code=service.code if service else "",
        place=place_text(row, names.area_names(row.areas)),
        state=State(row.state),
        cases=row.active_cases,
        distance_m=away,
        opened_at=row.opened_at,
        due_at=row.due_at,
    )
