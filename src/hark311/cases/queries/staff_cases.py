"""The cases of an incident for staff: all of them in brief, and a page of them with their parts.

Contact details come masked; an incident may have hundreds of cases, a page has few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.db.models.functions import Coalesce, Left

from hark311.access.readings import Reading, last_readings
from hark311.cases.bodies import with_facts
from hark311.cases.models import Case, Event, Promise
from hark311.cases.queries import staff_parts as parts
from hark311.cases.queries.staff_known import Names
from hark311.catalog.queries import service_version
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel, EventKind, Privacy, Standing, StreamKind
from hark311.privacy.text import mask_text, shorten_email, shorten_name, shorten_phone

# So many cases stand on one page of an incident.
PAGE = 10
_BEGINNING = 120


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """A case as far as a choice among cases needs it. text: the masked beginning.

    language: in which its person is written to.

    came_from_id: the incident it was merged from, None if it was not.
    """

    case_id: int
    number: str
    text: str
    language: str
    privacy: Privacy
    standing: Standing
    has_person: bool
    came_from_id: int | None

    @property
    def is_active(self) -> bool:
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class StaffCase:
    """One reporter's case as staff see it before they open the contact.

    text: masked. earlier_promises: what was promised before the service was changed.
    opened: who last learnt the contact and when, None if nobody did.
    """

    case_id: int
    number: str
    foreign_number: str
    channel: Channel
    language: str
    privacy: Privacy
    standing: Standing
    text: str
    answers: tuple[tuple[str, str], ...]
    media_urls: tuple[str, ...]
    name: str
    email: str
    phone: str
    has_person: bool
    wants_updates: bool
    hazard: str
    promise: str
    earlier_promises: tuple[str, ...]
    opened_at: datetime
    opened: Reading | None
    clocks: tuple[parts.ClockLine, ...]
    questions: tuple[parts.QuestionLine, ...]
    rating: parts.RatingLine | None

    @property
    def is_active(self) -> bool:
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of an incident, oldest first. next_after: what the next page begins after."""

    cases: tuple[StaffCase, ...]
    next_after: int | None
    is_first: bool


def case_briefs(incident_id: int) -> tuple[CaseBrief, ...]:
    """Every case of the incident, oldest first; two statements."""
    brought = _brought(incident_id)
    rows = (
        Case.objects.filter(incident=incident_id)
        .annotate(
            beginning=Left("public_text", _BEGINNING),
            reads=Coalesce("person__language", "language"),
        )
        .order_by("id")
        .values_list("id", "number", "beginning", "reads", "privacy", "standing", "person_id")
    )
    return tuple(
        CaseBrief(
            case_id=pk,
            number=number,
            text=text,
            language=language,
            privacy=Privacy(privacy),
            standing=Standing(standing),
            has_person=person_id is not None,
            came_from_id=brought.get(pk),
        )
        for pk, number, text, language, privacy, standing, person_id in rows
    )


def case_page(incident_id: int, names: Names, *, after: int = 0, size: int = PAGE) -> CasePage:
    """The next cases after an id, with all that hangs on them; six statements."""
    rows = list(
        Case.objects.filter(incident=incident_id, pk__gt=after)
        .select_related("person")
        .prefetch_related(
            Prefetch("promises", queryset=Promise.objects.order_by("id"), to_attr="all_promises")
        )
        .order_by("id")[: size + 1]
    )
    shown = rows[:size]
    hanging = _hanging([row.pk for row in shown], [row.number for row in shown])
    return CasePage(
        cases=tuple(_case(row, hanging, names) for row in shown),
        next_after=shown[-1].pk if len(rows) > size else None,
        is_first=after == 0,
    )


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on the cases of a page, by case or number."""

    clocks: Sequence[parts.ClockLine]
    questions: Sequence[parts.QuestionLine]
    ratings: Mapping[int, parts.RatingLine]
    readings: Mapping[str, Reading]


def _hanging(ids: Sequence[int], numbers: Sequence[str]) -> _Hanging:
    return _Hanging(
        clocks=parts.clock_lines(ids),
        questions=parts.question_lines(ids),
        # The newest comes first, so it is put in last.
        ratings={line.case_id: line for line in reversed(parts.rating_lines(ids))},
        readings=last_readings(numbers),
    )


def _brought(incident_id: int) -> dict[int, int]:
    """The incident from which a merge last brought each case here; one statement."""
    events = (
        Event.objects.filter(
            stream_kind=StreamKind.INCIDENT, stream_id=incident_id, kind=EventKind.MERGED_FROM.value
        )
        .select_related("body")
        .order_by("sequence")
    )
    found: dict[int, int] = {}
    for _event, facts in with_facts(events):
        cases, source = facts.get("cases"), facts.get("from")
        if isinstance(cases, list) and isinstance(source, int):
            found.update((case, source) for case in cases if isinstance(case, int))
    return found


def _case(row: Case, hanging: _Hanging, names: Names) -> StaffCase:
    person = row.person
    promises: list[Promise] = row.all_promises  # type: ignore[attr-defined]  # prefetched
    present = [one for one in promises if one.superseded_at is None]
    earlier = [in_language(one.text, names.language) for one in promises if one.superseded_at]
    return StaffCase(
        case_id=row.pk,
        number=row.number,
        foreign_number=row.foreign_number,
        channel=Channel(row.channel),
        language=row.language,
        privacy=Privacy(row.privacy),
        standing=Standing(row.standing),
        text=row.public_text,
        answers=_answers(row, promises, names.language),
        media_urls=tuple(row.media_urls),
        name=shorten_name(person.name) if person else "",
        email=shorten_email(person.email) if person else "",
        phone=shorten_phone(person.phone) if person else "",
        has_person=person is not None,
        wants_updates=person is not None and person.wants_updates,
        hazard=row.hazard,
        promise=in_language(present[0].text, names.language) if present else "",
        earlier_promises=tuple(text for text in earlier if text),
        opened_at=row.opened_at,
        opened=hanging.readings.get(row.number),
        clocks=tuple(line for line in hanging.clocks if line.case_id == row.pk),
        questions=tuple(line for line in hanging.questions if line.case_id == row.pk),
        rating=hanging.ratings.get(row.pk),
    )


def _answers(row: Case, promises: Iterable[Promise], language: str) -> tuple[tuple[str, str], ...]:
    """Each question asked and what was answered, in the words of the version that asked it."""
    versions = [*(one.service_version_id for one in promises), row.service_version_id]
    questions = {one.code: one for pk in versions for one in service_version(pk).questions}
    worded = []
    for code, values in row.answers.items():
        question = questions.get(code)
        choices = {choice.key: choice for choice in question.choices} if question else {}
        said = ", ".join(
            in_language(choices[value].names, language) if value in choices else value
            for value in values
        )
        asked = in_language(question.texts, language) if question else code
        worded.append((asked, mask_text(said)))
    return tuple(worded)
