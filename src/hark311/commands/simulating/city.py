"""What of a loaded city a plan needs: services, offices, and places where things happen."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from hark311.catalog.queries import Service, active_services, routing_rules
from hark311.commands.simulating.chance import Draw, stream
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.steps import Place
from hark311.commands.simulating.words import address
from hark311.domain import routing
from hark311.domain.place import Point
from hark311.domain.timetable import Timetable
from hark311.government.models import Jurisdiction
from hark311.government.queries import Organisation, QueueRecord, organisation_of
from hark311.places.queries import AreaMap, areas_of, is_inside

_DEGREES_OF_AN_AREA = 0.012
_DEGREES_OF_STEPS = 0.00012
_ATTEMPTS = 30
# Promises and work may reach so far beyond the days that are simulated.
_BEYOND = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules of a city look at. minutes: of the day, at which something changes."""

    areas: frozenset[str]
    questions: frozenset[str]
    channels: frozenset[str]
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Street:
    """A place of a city, and how loud its area is."""

    place: Place
    voice: float


class City:
    """One loaded city as the plan sees it. days: the first and last that may be simulated."""

    def __init__(
        self,
        jurisdiction: Jurisdiction,
        profile: Profile,
        seed: str,
        *,
        days: tuple[date, date],
        places: int,
    ) -> None:
        self.jurisdiction = jurisdiction
        self.zone = ZoneInfo(jurisdiction.zone)
        self.organisation: Organisation = organisation_of(jurisdiction)
        self.services: Sequence[Service] = active_services(jurisdiction)
        self._areas: AreaMap = areas_of(jurisdiction)
        self.timetables = _timetables(self.organisation, *days)
        self.by_code = {service.code: service for service in self.services}
        self._rules = routing_rules(jurisdiction)
        self._asked = _asked_by(self._rules)
        self._queue_codes = {queue.code: queue for queue in self.organisation.queues.values()}
        self._active = frozenset(
            queue.code for queue in self.organisation.queues.values() if queue.is_active
        )
        self.route = lru_cache(maxsize=100_000)(self._route)
        streets = self._streets(profile, seed, places)
        self.places = Draw([one.place for one in streets], [one.voice for one in streets])
        codes = [str(language["code"]) for language in jurisdiction.languages]
        self.languages: tuple[str, ...] = tuple(codes)

    def queue_of(self, code: str) -> QueueRecord:
        return self._queue_codes[code]

    def hours_of(self, queue_id: int) -> Timetable:
        """When the queue is worked on."""
        return self.timetables[self.organisation.queues[queue_id].calendar_id]

    def beside(self, place: Place, rng: Random) -> Place:
        """The same place as somebody else would mark it, a few steps away."""
        point = Point(
            round(rng.gauss(place.point.lon, _DEGREES_OF_STEPS), 6),
            round(rng.gauss(place.point.lat, _DEGREES_OF_STEPS), 6),
        )
        areas = self._areas_at(point)
        return Place(point, place.address, areas) if areas is not None else place

    def routed(
        self,
        service: Service,
        place: Place,
        at: datetime,
        answers: Mapping[str, tuple[str, ...]],
        channel: str,
    ) -> routing.Routed:
        """Where a report goes, as intake decides; what no rule looks at is left out."""
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return self.route(
            service.code,
            tuple(area for area in place.areas if area in self._asked.areas),
            local.weekday(),
            self._asked.minutes[bisect_right(self._asked.minutes, minute) - 1],
            tuple((code, said) for code, said in answers.items() if code in self._asked.questions),
            channel if self._asked.channels else "",
        )

    def _route(
        self,
        service_code: str,
        areas: tuple[str, ...],
        weekday: int,
        minute: int,
        answers: tuple[tuple[str, tuple[str, ...]], ...],
        channel: str,
    ) -> routing.Routed:
        # Any week does: rules know weekdays and minutes, and the first of this month is a Monday.
        day = date(2001, 1, 1 + weekday)
        local_at = datetime.combine(day, time(minute // 60, minute % 60), UTC)
        service = self.by_code[service_code]
        return routing.route(
            self._rules,
            routing.RoutingFacts(
                service=service_code,
                areas=frozenset(areas),
                local_at=local_at,
                answers=dict(answers),
                channel=channel,
            ),
            service_queue=self.organisation.queues[service.queue_id].code,
            fallback_queue=self.organisation.fallback_queue.code,
            active_queues=self._active,
        )

    def _streets(self, profile: Profile, seed: str, count: int) -> list[Street]:
        rng = stream(seed, "streets")
        low, high = profile.numbers("reporting.voice", 2)
        voices = {area.key: rng.uniform(low, high) for area in self._areas.areas}
        streets = []
        for _number in range(count):
            place = self._somewhere(rng)
            voice = voices.get(place.areas[0], 1.0) if place.areas else 1.0
            # Some places are trouble again and again.
            streets.append(Street(place, voice * rng.paretovariate(1.5)))
        return streets

    def _somewhere(self, rng: Random) -> Place:
        if self._areas.areas:
            middle = rng.choice(self._areas.areas).center
        else:
            middle = Point(self.jurisdiction.center_lon, self.jurisdiction.center_lat)
        for _attempt in range(_ATTEMPTS):
            point = Point(
                round(rng.gauss(middle.lon, _DEGREES_OF_AN_AREA), 6),
                round(rng.gauss(middle.lat, _DEGREES_OF_AN_AREA), 6),
            )
            areas = self._areas_at(point)
            if areas is not None:
                return Place(point, address(rng), areas)
        keys = tuple(area.key for area in self._areas.at(middle))
        return Place(middle, address(rng), keys)

    def _areas_at(self, point: Point) -> tuple[str, ...] | None:
        """The areas of a point within the city; None outside, and outside of all areas."""
        if not is_inside(self.jurisdiction, point):
            return None
        keys = tuple(area.key for area in self._areas.at(point))
        return keys if keys or not self._areas.areas else None


def _timetables(organisation: Organisation, first: date, last: date) -> Mapping[int, Timetable]:
    middle = datetime.combine(first + (last - first) / 2, time(), organisation.zone)
    return {
        pk: Timetable(organisation.hours_of(pk, middle), first - _BEYOND, last + _BEYOND)
        for pk in organisation.calendars
    }


def _asked_by(rules: Sequence[routing.RoutingRule]) -> Asked:
    changes = {minute % (24 * 60) for rule in rules for minute in rule.minutes or ()}
    return Asked(
        areas=frozenset[str]().union(*(rule.areas for rule in rules)),
        questions=frozenset(code for rule in rules for code in rule.answers),
        channels=frozenset[str]().union(*(rule.channels for rule in rules)),
        minutes=tuple(sorted(changes | {0})),
    )
