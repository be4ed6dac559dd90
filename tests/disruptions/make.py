"""Makes disruptions: valid by default, so a test states only what matters."""

from datetime import datetime, timedelta

from tests.cases.make import City, staff_actor

from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.cases.disrupting.pen import DisruptionDraft
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.disruptions import Gravity, Reach
from hark311.domain.place import Point
from hark311.platform import clock


def draft_of(
    *,
    services: tuple[str, ...] = ("pothole",),
    areas: tuple[str, ...] = (),
    center: Point | None = None,
    radius_m: float = 0,
    starts_at: datetime | None = None,
    until_at: datetime | None = None,
    title: str = "Water main break",
    gravity: Gravity = Gravity.MODERATE,
) -> DisruptionDraft:
    return DisruptionDraft(
        titles={"en": title, "es": "Rotura de una tubería"},
        texts={"en": "Crews are on it.", "es": "Las cuadrillas trabajan en ello."},
        gravity=gravity,
        reach=Reach(frozenset(areas), center, radius_m, frozenset(services)),
        starts_at=starts_at or clock.now() - timedelta(minutes=5),
        until_at=until_at,
    )


def make_disruption(
    city: City, *, actor: Actor | None = None, draft: DisruptionDraft | None = None
) -> Disruption:
    return compose_disruption(draft or draft_of(), actor=actor or staff_actor(city))
