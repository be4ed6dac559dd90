"""What a day brings: storms, frost, events, seasons; decided by seed and day alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from hark311.commands.simulating.chance import stream
from hark311.commands.simulating.profile import Profile

_SATURDAY = 5
# Nothing that a day brought is felt longer than this.
_LONGEST_DAYS = 10


class Weather:
    """Says by how much more of each tag is reported on a day."""

    def __init__(self, profile: Profile, seed: str) -> None:
        self._profile, self._seed = profile, seed
        self._seasons = {
            tag: profile.numbers(f"seasons.{tag}", 12) for tag in profile.names("seasons")
        }
        self.of = lru_cache(maxsize=4096)(self._of)

    def begins_on(self, day: date) -> tuple[str, ...]:
        """The kinds of weather that begin on a day, and ``event``."""
        rng = stream(self._seed, "weather", day.isoformat())
        found = [
            kind
            for kind in self._profile.names("weather")
            if 100 * rng.random()
            < self._profile.numbers(f"weather.{kind}.chance", 12)[day.month - 1]
        ]
        chance = self._profile.number("events.chance") * (1 + (day.weekday() == _SATURDAY))
        return (*found, "event") if 100 * rng.random() < chance else tuple(found)

    def _chance_of(self, kind: str, day: date) -> float:
        return self._profile.numbers(f"weather.{kind}.chance", 12)[day.month - 1]

    def _of(self, day: date) -> Mapping[str, float]:
        """The factor of each tag that is not reported as on any other day."""
        factors = {tag: months[day.month - 1] for tag, months in self._seasons.items()}
        for back in range(_LONGEST_DAYS):
            for kind in self.begins_on(day - timedelta(days=back)):
                for tag, more in self._felt(kind, back).items():
                    factors[tag] = factors.get(tag, 1) * more
        return factors

    def _felt(self, kind: str, back: int) -> Mapping[str, float]:
        """What a kind still brings so many days after it began."""
        name = "events" if kind == "event" else f"weather.{kind}"
        days = 1 if kind == "event" else int(self._profile.number(f"{name}.days"))
        if back >= days:
            return {}
        left = 1 - back / days
        return {
            tag: 1 + (factor - 1) * left
            for tag, factor in self._profile.shares(f"{name}.factors").items()
        }
