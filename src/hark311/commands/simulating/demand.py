"""How much of each service people ask for on a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache

from hark311.catalog.queries import Service
from hark311.commands.simulating.chance import Draw, stream
from hark311.commands.simulating.city import City
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.weather import Weather

# The most wanted service is asked for so much more often than the tenth, the hundredth.
_STEEPNESS = 0.7
_SENSITIVE = 0.05
# Whose weather is taken as that of an average year.
_A_YEAR = tuple(date(2001, 1, 1) + timedelta(days=number) for number in range(365))


class Demand:
    """Weights of services by day. Which are popular is decided by the seed."""

    def __init__(self, city: City, weather: Weather, profile: Profile, seed: str) -> None:
        self._weather = weather
        self._weekdays = profile.numbers("reporting.weekdays", 7)
        services = [one for one in city.services if one.targets or one.radius_m] or city.services
        ranked = sorted(services, key=lambda one: one.code)
        stream(seed, "popular").shuffle(ranked)
        self._services: Sequence[Service] = ranked
        self._weights: list[float] = [
            (1 / (1 + rank)) ** _STEEPNESS * (_SENSITIVE if one.is_sensitive else 1)
            for rank, one in enumerate(ranked)
        ]
        words = profile.words("tags")
        self._tags = [
            tuple(tag for tag, parts in words.items() if any(part in one.code for part in parts))
            for one in ranked
        ]
        self.of = lru_cache(maxsize=512)(self._of)
        self.of_queues = lru_cache(maxsize=4096)(self._of_queues)

    def factor(self, day: date) -> float:
        """How many times as much is reported as on an average day of an average year."""
        return self._much(day) / self._usual

    @cached_property
    def _usual(self) -> float:
        return sum(map(self._much, _A_YEAR)) / len(_A_YEAR)

    def _much(self, day: date) -> float:
        return self._weekdays[day.weekday()] * sum(self._weights_on(day))

    def _of(self, day: date) -> Draw[Service]:
        return Draw(self._services, self._weights_on(day))

    def _of_queues(self, day: date) -> Mapping[int, float]:
        """What comes into each queue, as a multiple of what comes on an average day."""
        usual: dict[int, float] = {}
        came: dict[int, float] = {}
        weights = self._weights_on(day)
        for service, often, now in zip(self._services, self._weights, weights, strict=True):
            usual[service.queue_id] = usual.get(service.queue_id, 0.0) + often
            came[service.queue_id] = came.get(service.queue_id, 0.0) + now
        weekday = self._weekdays[day.weekday()]
        return {queue_id: weekday * came[queue_id] / often for queue_id, often in usual.items()}

    def _weights_on(self, day: date) -> list[float]:
        factors = self._weather.of(day)
        weights = []
        for weight, tags in zip(self._weights, self._tags, strict=True):
            for tag in tags:
                weight *= factors.get(tag, 1.0)
            weights.append(weight)
        return weights
