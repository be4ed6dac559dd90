"""The plan of a city: which lives begin on a day. City, profile, seed and day decide it alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from hark311.catalog.queries import Service
from hark311.commands.simulating.chance import Draw, stream
from hark311.commands.simulating.city import City
from hark311.commands.simulating.crews import Crews
from hark311.commands.simulating.demand import Demand
from hark311.commands.simulating.people import People
from hark311.commands.simulating.plots import Plots
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.steps import Deed, Life, Place, Report, Step
from hark311.commands.simulating.thread import Pace, Thread, instant
from hark311.commands.simulating.weather import Weather
from hark311.commands.simulating.words import report as report_words
from hark311.commands.simulating.words import said
from hark311.domain.questions import Question, w3c_datetime
from hark311.domain.vocabulary import Outcome, Privacy, QuestionType

# So many lives are planned together, from one source of chance.
PART = 2000
_HOUR = 3600
# A second report comes within so many days, while the first is open.
_SEEN_WITHIN_DAYS = 10
_ANEW_WITHIN_DAYS = 8
# The number of the incident that is opened anew in a life.
_ANEW = 90


@dataclass(frozen=True, slots=True)
class Part:
    """So many lives that begin on one local day; the smallest piece of a plan."""

    day: date
    number: int
    lives: int


class Plan:
    """All lives of a city. a_day: how many cases come on an average day.

    A plan for a number of cases in all is scaled to the days on which they come.
    """

    def __init__(self, city: City, profile: Profile, seed: str, *, a_day: float, residents: int):
        self.city, self._seed = city, f"{seed}:{city.jurisdiction.key}"
        weather = Weather(profile, self._seed)
        self._demand = Demand(city, weather, profile, self._seed)
        self._people = People(city, profile, self._seed, count=residents)
        self._pace = Pace(profile, Crews(city, self._demand, profile, self._seed))
        self._plots = Plots(profile)
        self._hours = list(accumulate(profile.numbers("reporting.hours", 24)))
        counts = profile.shares("sightings.counts")
        self._counts = Draw.of({int(count): share for count, share in counts.items()})
        self._joins = profile.number("sightings.joins")
        self._is_noticed = profile.number("sightings.is_noticed")
        self._spam = profile.number("reporting.spam")
        average = sum(int(count) * share for count, share in counts.items()) / sum(counts.values())
        self._cases_a_life = average
        self._a_day = a_day / average

    def scale_to(self, cases: int, days: Sequence[date]) -> None:
        """Let about so many cases come on these days together, storms and seasons counted."""
        usual = self._a_day * sum(self._demand.factor(day) for day in days)
        self._a_day *= cases / (usual * self._cases_a_life)

    def parts(self, day: date) -> tuple[Part, ...]:
        """The parts of a day, in order."""
        wanted = self._a_day * self._demand.factor(day)
        rng = stream(self._seed, "count", day.isoformat())
        lives = int(wanted) + (rng.random() < wanted % 1)
        return tuple(
            Part(day, number, min(PART, lives - start))
            for number, start in enumerate(range(0, lives, PART))
        )

    def lives(self, part: Part) -> Iterator[Life]:
        """The lives of a part; always the same ones."""
        rng = stream(self._seed, part.day.isoformat(), part.number)
        for number in range(part.lives):
            key = f"{part.day.isoformat()}:{part.number}:{number}"
            yield self._life(key, part.day, rng)

    def _life(self, key: str, day: date, rng: Random) -> Life:
        service = self._demand.of(day).one(rng)
        hour = rng.choices(range(24), cum_weights=self._hours)[0]
        at = instant(day, hour * _HOUR + rng.randrange(_HOUR), self.city)
        place = self.city.places.one(rng)
        if rng.random() < self._spam and service.privacy is Privacy.PUBLIC:
            return self._spam_life(key, service, at, place, rng)
        first = self._report(f"{key}:0", service, at, place, rng)
        thread = Thread(self.city, service, first, rng, self._pace)
        thread.take(Deed.REPORT)
        self._plots.tell(thread)
        life = Life(key, service, (first,), tuple(thread.steps))
        wanted = self._counts.one(rng) - 1
        if wanted and service.privacy is Privacy.PUBLIC and service.radius_m:
            life = self._with_others(life, wanted, rng)
        return self._reported_anew(life, thread.at, rng) if thread.is_unfinished else life

    def _reported_anew(self, life: Life, closed_at: datetime, rng: Random) -> Life:
        """What was closed without being done is still there: somebody reports it as new."""
        number, first = len(life.reports), life.reports[0]
        at = closed_at + timedelta(seconds=rng.randrange(_HOUR, _ANEW_WITHIN_DAYS * 24 * _HOUR))
        report = self._report(f"{life.key}:{number}", life.service, at, first.place, rng)
        thread = Thread(self.city, life.service, report, rng, self._pace)
        thread.thing, thread.whose = _ANEW, number
        thread.take(Deed.REPORT)
        thread.at_work(thread.hours)
        self._plots.close(thread, Outcome.FIXED)
        steps = sorted((*life.steps, *thread.steps), key=_when)
        return replace(life, reports=(*life.reports, report), steps=tuple(steps))

    def _spam_life(
        self, key: str, service: Service, at: datetime, place: Place, rng: Random
    ) -> Life:
        """Somebody sells something; staff close it as invalid."""
        first = self._report(f"{key}:0", service, at, place, rng)
        words = said("spam", rng)
        first = replace(first, text=words, essence=words)
        thread = Thread(self.city, service, first, rng, self._pace)
        thread.take(Deed.REPORT)
        thread.at_work(2)
        self._plots.close(thread, Outcome.INVALID)
        return Life(key, service, (first,), tuple(thread.steps), is_real=False)

    def _with_others(self, life: Life, count: int, rng: Random) -> Life:
        """Others see the same thing while it is open: they join, or report it on their own."""
        first = life.reports[0]
        end = next((step.at for step in life.steps if step.deed in _ENDS), None)
        latest = first.at + timedelta(days=_SEEN_WITHIN_DAYS)
        seconds = int(((min(end, latest) if end else latest) - first.at).total_seconds())
        if seconds < _HOUR:
            return life
        reports, steps, things = [first], list(life.steps), 1
        for number in range(1, count + 1):
            at = first.at + timedelta(seconds=rng.randrange(60, seconds - 60))
            place = self.city.beside(first.place, rng)
            other = self._report(f"{life.key}:{number}", life.service, at, place, rng)
            if rng.random() < self._joins:
                other = replace(other, text=said("again", rng, other.language))
                other = replace(other, essence=other.text)
                steps.append(Step(at, Deed.JOIN, thing=0, report=number))
            else:
                steps += self._own_thread(life, other, number, things, end, rng)
                things += 1
            reports.append(other)
        steps.sort(key=_when)
        return replace(life, reports=tuple(reports), steps=tuple(steps))

    def _own_thread(
        self,
        life: Life,
        report: Report,
        number: int,
        thing: int,
        end: datetime | None,
        rng: Random,
    ) -> list[Step]:
        """A second incident about the same thing: merged if somebody notices, else closed alone."""
        thread = Thread(self.city, life.service, report, rng, self._pace)
        thread.thing, thread.whose = thing, number
        thread.take(Deed.REPORT)
        if rng.random() < self._is_noticed:
            thread.at_work(1)
            if end is None or thread.at < end:
                thread.take(Deed.MERGE, other=0, text=thread.words("merges"))
                return thread.steps
        thread.at_work(thread.hours)
        self._plots.close(thread, Outcome.NO_PROBLEM_FOUND)
        return thread.steps

    def _report(
        self, key: str, service: Service, at: datetime, place: Place, rng: Random
    ) -> Report:
        who = self._people.somebody(rng)
        spoken = report_words(service, place.address, rng, who.language)
        return Report(
            key=key,
            at=at,
            channel=self._people.channel_of(who, service, rng),
            language=who.language,
            text=spoken.text,
            essence=spoken.essence,
            place=place,
            answers=_answers(service, rng, who.language, at),
            email=who.email,
        )


_ENDS = frozenset({Deed.CLOSE, Deed.WITHDRAW})


def _when(step: Step) -> datetime:
    return step.at


def _answers(
    service: Service, rng: Random, language: str, at: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Answers to what has to be answered, and to some of the rest."""
    if not service.questions:
        return {}
    answers: dict[str, tuple[str, ...]] = {}
    for question in sorted(service.questions, key=lambda question: question.order):
        is_asked = question.variable and question.is_asked_after(answers)
        if is_asked and (question.required or rng.random() < 0.5):
            answers[question.code] = (_answer(question, rng, language, at),)
    return answers


def _answer(question: Question, rng: Random, language: str, at: datetime) -> str:
    if question.choices:
        return rng.choice(question.choices).key
    if question.kind is QuestionType.NUMBER:
        return str(rng.randint(1, 6))
    if question.kind is QuestionType.DATETIME:
        before = at - timedelta(hours=rng.randint(1, 40))
        return w3c_datetime(before.isoformat(timespec="minutes"))
    return said("answers_text", rng, language)
