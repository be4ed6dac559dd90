"""Lives a plan: every step through ``intake`` and the actions of ``cases``, the clock held there.

Lives run side by side in the order of time, and the sweeps look at the hours at which they
would have looked.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from hark311.cases import salts
from hark311.cases.sweeps import sweep_clocks, sweep_questions
from hark311.commands.simulating.city import City
from hark311.commands.simulating.deeds import DEEDS, Lived
from hark311.commands.simulating.drafts import source_key
from hark311.commands.simulating.picture import keep_picture
from hark311.commands.simulating.rounds import SWEEP_EVERY, first_round
from hark311.commands.simulating.salts import salts_of
from hark311.commands.simulating.staff import Staff
from hark311.commands.simulating.steps import Life
from hark311.contacts.queries import receipts_kept
from hark311.domain.errors import HarkError
from hark311.platform import clock

_A_DAY = timedelta(days=1)
# When a life takes its next step, its number, and how many steps it has taken.
_Waiting = tuple[datetime, int, int]


class Living:
    """Tells lives of one city. Nothing else may write to the city meanwhile.

    told: what was told at an earlier start, up to when; lives of which some steps were taken
    by then go on with the rest.
    """

    def __init__(self, city: City, staff: Staff, seed: str, *, told: datetime | None = None):
        self._city, self._staff, self._seed, self._told = city, staff, seed, told
        self._picture = keep_picture()
        self._lived: list[Lived] = []
        self._stage: list[_Waiting] = []
        self._round = None if told is None else first_round(told)

    def tell(
        self, lives: Iterable[Life], until: datetime, progress: Callable[[datetime], object]
    ) -> int:
        """Take every step up to ``until``, and sweep; return how many lives began meanwhile.

        progress: told about once for each day that is over.
        """
        self._take(list(lives))
        begun = sum(at <= until and taken == 0 for at, _life, taken in self._stage)
        with salts.simulated(salts_of(self._seed)):
            while self._stage and self._stage[0][0] <= until:
                end = min(self._stage[0][0] + _A_DAY, until)
                self._tell_until(end)
                progress(end)
            self._sweep_before(until + timedelta(microseconds=1))
        return begun

    @property
    def numbers(self) -> Mapping[str, str]:
        """Of the cases reported, by the key of their report."""
        return {key: number for lived in self._lived for key, number in lived.numbers.items()}

    def _take(self, lives: list[Life]) -> None:
        keys = [source_key(report) for life in lives for report in life.reports]
        kept = receipts_kept(self._city.jurisdiction.pk, keys) if self._told else {}
        for life in lives:
            lived = Lived(life, self._city, self._staff, self._picture)
            taken = 0
            if self._told is not None and life.steps[0].at <= self._told:
                taken = sum(step.at <= self._told for step in life.steps)
                if not lived.remembers(kept, life.steps[:taken]):
                    continue
            self._lived.append(lived)
            self._wait(len(self._lived) - 1, taken)

    def _wait(self, number: int, taken: int) -> None:
        steps = self._lived[number].life.steps
        if taken < len(steps):
            heapq.heappush(self._stage, (steps[taken].at, number, taken))

    @transaction.atomic
    def _tell_until(self, end: datetime) -> None:
        """One transaction for a day: fewer commits, and the planner still sees the tables grow."""
        while self._stage and self._stage[0][0] <= end:
            at, number, taken = heapq.heappop(self._stage)
            self._sweep_before(at)
            with clock.held(at):
                goes_on = self._step(self._lived[number], taken)
            if goes_on:
                self._wait(number, taken + 1)

    def _step(self, lived: Lived, taken: int) -> bool:
        """Take one step; False if somebody else has changed things so that it cannot be taken."""
        step = lived.life.steps[taken]
        if self._told is None:
            DEEDS[step.deed](lived, step)
            return True
        try:
            with transaction.atomic():
                DEEDS[step.deed](lived, step)
        except HarkError:
            return False
        return True

    def _sweep_before(self, at: datetime) -> None:
        """Look at each round before ``at`` that nobody has looked at."""
        if self._round is None:
            self._round = first_round(at)
        while self._round < at:
            with clock.held(self._round):
                while sweep_clocks() or sweep_questions():
                    pass
            self._round += SWEEP_EVERY
