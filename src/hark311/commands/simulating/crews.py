"""How far behind each queue is on each day: what comes in, less what its crews can do."""

from collections.abc import Mapping
from datetime import date, timedelta

from hark311.commands.simulating.chance import stream
from hark311.commands.simulating.city import City
from hark311.commands.simulating.demand import Demand
from hark311.commands.simulating.profile import Profile

# A day's backlog depends on so many days before it, and on nothing before those.
_REMEMBERED_DAYS = 40


class Crews:
    """Crews of a fixed size: a storm keeps them busy for weeks, and work waits meanwhile."""

    def __init__(self, city: City, demand: Demand, profile: Profile, seed: str) -> None:
        self._demand = demand
        rng = stream(seed, "crews")
        low, high = profile.numbers("crews.capacity", 2)
        self._overtime = profile.number("crews.overtime")
        self._longest = profile.number("crews.longest_behind_days")
        self._capacity = {
            queue_id: rng.uniform(low, high) for queue_id in sorted(city.organisation.queues)
        }
        self._known: dict[date, Mapping[int, float]] = {}

    def behind(self, queue_id: int, day: date) -> timedelta:
        """How much longer work begun on this day takes than on a quiet one."""
        if day not in self._known:
            self._known[day] = self._reckon(day)
        return timedelta(days=self._known[day].get(queue_id, 0.0))

    def _reckon(self, day: date) -> Mapping[int, float]:
        """Days of work that lie before each queue: those of yesterday, and what today adds."""
        left = dict.fromkeys(self._capacity, 0.0)
        for back in reversed(range(_REMEMBERED_DAYS)):
            came = self._demand.of_queues(day - timedelta(days=back))
            for queue_id, usual in self._capacity.items():
                # Who is behind works longer, and gets help from others.
                capacity = usual * (1 + self._overtime * (left[queue_id] > 1))
                more = left[queue_id] + came.get(queue_id, 0.0) - capacity
                left[queue_id] = min(max(more, 0.0), self._longest)
        return left
