"""What a disruption reaches, and in which state it stands: an area, services, a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hark311.domain.matching import distance_m
from hark311.domain.place import Point


class DisruptionState(StrEnum):
    """Told by the clock and by whoever ended it; never stored."""

    SCHEDULED = "scheduled"
    LIVE = "live"
    OVER = "over"


class Gravity(StrEnum):
    """How much it means to people, in the words of the Common Alerting Protocol."""

    MINOR = "minor"
    MODERATE = "moderate"
    SEVERE = "severe"

    @property
    def rank(self) -> int:
        """Graver is higher."""
        return list(Gravity).index(self)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where and what a disruption is about.

    areas: as "layer:code". center and radius_m: a circle, or neither. Without both it is all
    of the city. services: codes of the reports that it takes up; none if it only informs.
    """

    areas: frozenset[str] = frozenset()
    center: Point | None = None
    radius_m: float = 0.0
    services: frozenset[str] = frozenset()

    @property
    def is_everywhere(self) -> bool:
        return not self.areas and self.center is None

    def holds(self, point: Point | None, areas: Collection[str] = ()) -> bool:
        """True if the place lies in it; a place of which nothing is known lies in all of the city.

        areas: those that the place lies in.
        """
        if self.is_everywhere:
            return True
        if self.areas.intersection(areas):
            return True
        if point is None or self.center is None:
            return False
        away = distance_m(self.center.lon, self.center.lat, point.lon, point.lat)
        return away <= self.radius_m

    def takes(self, service_code: str) -> bool:
        """True if reports of this service are about it."""
        return service_code in self.services


def state_at(now: datetime, *, starts_at: datetime, ended_at: datetime | None) -> DisruptionState:
    """The state at an instant: it begins by the clock, and ends when somebody says so."""
    if ended_at is not None and ended_at <= now:
        return DisruptionState.OVER
    return DisruptionState.LIVE if starts_at <= now else DisruptionState.SCHEDULED
