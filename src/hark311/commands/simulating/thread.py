"""The thread of one life under plan: where it stands, and when its next step comes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

from hark311.catalog.queries import Service
from hark311.commands.simulating.city import City
from hark311.commands.simulating.crews import Crews
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.steps import Deed, Report, Step
from hark311.commands.simulating.words import said
from hark311.domain.vocabulary import Counting, Target

# A week of 168 hours has about 45 in which an office is open, a day of it 9.
_OPEN_SHARE = 45 / 168
_OPEN_HOURS_A_DAY = 9
# What is promised within less is done first; what has so much time waits for the rest.
_HAS_TIME_HOURS = 80


class Pace:
    """How quickly crews work: read once from the profile."""

    def __init__(self, profile: Profile, crews: Crews) -> None:
        self.crews = crews
        self._mean, self._spread = profile.numbers("crews.pace", 2)
        self._usual = profile.number("crews.usual_hours")
        self._longest = _OPEN_HOURS_A_DAY * profile.number("crews.longest_days")

    def hours_for(self, service: Service, queue_id: int, at: datetime, rng: Random) -> float:
        """How many open hours the work takes: mostly fewer than was promised."""
        promised = next((one for one in service.targets if one.target is Target.RESOLVE), None)
        hours = float(promised.hours) if promised else self._usual
        if promised and promised.counting is Counting.ELAPSED:
            hours *= _OPEN_SHARE
        hours = min(hours * rng.lognormvariate(self._mean, self._spread), self._longest)
        behind = self.crews.behind(queue_id, at.date()) / timedelta(days=1)
        return hours + behind * _OPEN_HOURS_A_DAY * min(hours / _HAS_TIME_HOURS, 1)


class Thread:
    """The main line of a life, or of a second incident about the same thing; time goes forward."""

    def __init__(
        self, city: City, service: Service, report: Report, rng: Random, pace: Pace
    ) -> None:
        self.city, self.service, self.report, self.rng = city, service, report, rng
        self.at = report.at
        self.steps: list[Step] = []
        self.thing = self.whose = 0
        # Closed, and nothing was done: somebody will report it anew.
        self.is_unfinished = False
        routed = city.routed(service, report.place, report.at, report.answers, report.channel.value)
        self.queue_id = city.queue_of(routed.queue).id
        self.hours = pace.hours_for(service, self.queue_id, report.at, rng)

    def take(self, deed: Deed, **said_of_it: str | int | date) -> None:
        """A step at the instant at which the thread stands."""
        self.steps.append(
            Step(self.at, deed, thing=self.thing, report=self.whose, **said_of_it)  # type: ignore[arg-type]  # names of Step
        )

    def later(self, hours: float) -> None:
        self.at += timedelta(seconds=round(hours * 3600))

    def at_work(self, hours: float) -> None:
        """About so many hours later in which the queue's crews are at work."""
        seconds = round(3600 * hours * self.rng.uniform(0.7, 1.3)) + 60
        length = timedelta(seconds=seconds)
        self.at = self.city.hours_of(self.queue_id).later(self.at, length, Counting.BUSINESS)

    def words(self, what: str) -> str:
        """What staff say."""
        return said(what, self.rng)

    def own_words(self, what: str) -> str:
        """What the reporter says."""
        return said(what, self.rng, self.report.language)

    def options(self) -> Mapping[int, str]:
        """Other queues that take what is not sensitive, by id."""
        return {
            queue.id: queue.code
            for queue in self.city.organisation.queues.values()
            if queue.is_active and not queue.is_sensitive and queue.id != self.queue_id
        }

    @property
    def local_day(self) -> date:
        return self.at.astimezone(self.city.zone).date()


def instant(day: date, seconds: int, city: City) -> datetime:
    """An instant of a local day, in UTC."""
    local = datetime(day.year, day.month, day.day, tzinfo=city.zone)
    return (local + timedelta(seconds=seconds)).astimezone(UTC)
