"""Who reports what, where and when in a demonstration: decided by the day and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hark311.catalog.queries import Service, active_services
from hark311.commands.demonstration.accounts import DOMAIN
from hark311.commands.demonstration.words import report_text, said
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.place import Point
from hark311.domain.questions import Question
from hark311.domain.vocabulary import Channel, QuestionType
from hark311.government.models import Jurisdiction
from hark311.places.queries import areas_of, is_inside

_CHANNELS = {
    Channel.WEB: 40,
    Channel.PHONE: 25,
    Channel.APP: 12,
    Channel.OPEN311: 8,
    Channel.SMS: 6,
    Channel.EMAIL: 5,
    Channel.DESK: 4,
}
# Share of an average day that each weekday has, Monday first.
_WEEKDAYS = (1.25, 1.15, 1.1, 1.05, 1.1, 0.75, 0.6)
# Some stories are told by several people.
_CASES_A_STORY = 1.12
_HOT_SPOTS = 8
_DEGREES_OF_A_BLOCK = 0.0008
_DEGREES_OF_AN_AREA = 0.012
_ATTEMPTS = 30


@dataclass(frozen=True, slots=True)
class Report:
    """One report to come, with a source of chance for what follows it."""

    draft: IntakeDraft
    service: Service
    rng: Random

    @property
    def at(self) -> datetime:
        return self.draft.received_at

    def joining(self, incident_id: int) -> IntakeDraft:
        """The draft of somebody who saw that it is reported already, and says: me, too."""
        return replace(self.draft, join_incident=incident_id)


class Reporters:
    """Everybody who reports in one jurisdiction."""

    def __init__(self, jurisdiction: Jurisdiction, *, a_day: float) -> None:
        self._jurisdiction, self._a_day = jurisdiction, a_day / _CASES_A_STORY
        self._zone = ZoneInfo(jurisdiction.zone)
        self._areas = areas_of(jurisdiction)
        self._services = active_services(jurisdiction)
        self._weights = [
            1 if one.is_sensitive else 30 // (1 + one.id % 7) for one in self._services
        ]
        rng = Random(f"{jurisdiction.key} hot spots")  # noqa: S311  # the same at every start
        self._hot_spots = [self._point(rng, ()) for _spot in range(_HOT_SPOTS)]
        codes = [language["code"] for language in jurisdiction.languages]
        self._languages = [code for code in ("en", "es") if code in codes] or ["en"]

    def of_day(self, day: date) -> list[Report]:
        """The reports of one local day, in the order of their time; always the same ones."""
        rng = Random(f"{self._jurisdiction.key} {day.isoformat()}")  # noqa: S311
        wanted = self._a_day * _WEEKDAYS[day.weekday()]
        count = int(wanted) + (rng.random() < wanted % 1)
        reports = [self._report(day, number) for number in range(count)]
        return sorted(reports, key=lambda report: report.at)

    def beside(self, report: Report, after: timedelta, number: int) -> Report:
        """Somebody else who reports the same thing so much later, from a few steps away."""
        key = f"{report.draft.source_key}:again{number}"
        rng = Random(key)  # noqa: S311
        point = report.draft.point or self._hot_spots[0]
        return self._made(
            key,
            report.service,
            report.at + after,
            self._near(rng, point, _DEGREES_OF_A_BLOCK / 6),
            rng,
            text=said("again", rng, report.draft.language),
        )

    def _report(self, day: date, number: int) -> Report:
        key = f"demo:{self._jurisdiction.key}:{day.isoformat()}:{number}"
        rng = Random(key)  # noqa: S311
        service = rng.choices(self._services, self._weights)[0]
        minute = int(rng.triangular(5 * 60, 23 * 60, 11 * 60))
        local = datetime.combine(day, time(), self._zone) + timedelta(
            minutes=minute, seconds=rng.randrange(60)
        )
        return self._made(
            key, service, local.astimezone(UTC), self._point(rng, self._hot_spots), rng
        )

    def _made(
        self, key: str, service: Service, at: datetime, point: Point, rng: Random, text: str = ""
    ) -> Report:
        language = rng.choices(self._languages, [85, 15][: len(self._languages)])[0]
        written, address = report_text(service, rng, language)
        draft = IntakeDraft(
            jurisdiction_id=self._jurisdiction.pk,
            channel=_channel(service, rng),
            source_key=key,
            received_at=at,
            language=language,
            service_code=service.code,
            description=text or written,
            point=point,
            address_text=address,
            answers=_answers(service, rng, language, at),
            contact=_contact(key) if rng.random() < 0.75 else Contact(),
            acknowledge_candidates=True,
        )
        return Report(draft, service, rng)

    def _point(self, rng: Random, hot_spots: Sequence[Point]) -> Point:
        """Inside an area of the city; a third of all reports gather around a few places."""
        if hot_spots and rng.random() < 0.35:
            return self._near(rng, rng.choice(hot_spots), _DEGREES_OF_A_BLOCK)
        if self._areas.areas:
            middle = rng.choice(self._areas.areas).center
        else:
            middle = Point(self._jurisdiction.center_lon, self._jurisdiction.center_lat)
        return self._near(rng, middle, _DEGREES_OF_AN_AREA)

    def _near(self, rng: Random, middle: Point, degrees: float) -> Point:
        for _attempt in range(_ATTEMPTS):
            point = Point(
                round(rng.gauss(middle.lon, degrees), 6), round(rng.gauss(middle.lat, degrees), 6)
            )
            if is_inside(self._jurisdiction, point) and (
                not self._areas.areas or self._areas.at(point)
            ):
                return point
        return middle


def _channel(service: Service, rng: Random) -> Channel:
    offered = {
        channel: weight
        for channel, weight in _CHANNELS.items()
        if not service.channels or channel in service.channels
    }
    if not offered:
        return sorted(service.channels)[0]
    return rng.choices(list(offered), list(offered.values()))[0]


def _contact(key: str) -> Contact:
    number = key.removeprefix("demo:").replace(":", "-")
    return Contact(email=f"neighbor-{number}@{DOMAIN}")


def _answers(
    service: Service, rng: Random, language: str, at: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Answers to what has to be answered, and to some of the rest."""
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
        return (at - timedelta(hours=rng.randint(1, 40))).isoformat(timespec="minutes")
    return said("answers_text", rng, language)
