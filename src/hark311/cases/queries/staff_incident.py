"""An incident with everything staff need to work it; contact details come masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from hark311.cases.models import Case, Event, Follow, Incident, Promise
from hark311.cases.queries import staff_parts as parts
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.cases.queries.timeline import Entry, incident_timeline
from hark311.catalog.queries import Service, service_version
from hark311.domain.actor import Actor
from hark311.domain.draft import Contact
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.domain.place import Point
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import (
    Channel,
    DisputeState,
    EventKind,
    Outcome,
    Privacy,
    Severity,
    Standing,
    StreamKind,
    WorkOrderState,
)
from hark311.people.models import Person
from hark311.privacy.text import mask_text, shorten_email, shorten_name, shorten_phone


@dataclass(frozen=True, slots=True)
class StaffCase:
    """One reporter's case as staff see it before they open the contact.

    text: masked. earlier_promises: what was promised before the service was changed.
    came_from_id: the incident it was merged from, None if it was not.
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
    came_from_id: int | None

    @property
    def is_active(self) -> bool:
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class StaffIncident:
    """One incident, its cases, and all that happened; ``seen`` is what forms are made from."""

    incident_id: int
    seen: int
    service: Service
    service_name: str
    next_step: str
    state: State
    waiting_for: str
    waiting_note: str
    outcome: Outcome | None
    outcome_detail: str
    closing_text: str
    public_note: str
    severity: Severity
    department: str
    queue_id: int
    queue: str
    assignee_id: int | None
    assignee: str
    is_sensitive: bool
    point: Point
    precision: str
    address: str
    areas: tuple[str, ...]
    place: str
    opened_at: datetime
    closed_at: datetime | None
    expected_on: date | None
    due_at: datetime | None
    asked_again: int
    followers: int
    merged_into_id: int | None
    why_here: tuple[Mapping[str, object], ...]
    cases: tuple[StaffCase, ...]
    timeline: tuple[Entry, ...]
    clocks: tuple[parts.ClockLine, ...]
    orders: tuple[parts.OrderLine, ...]
    questions: tuple[parts.QuestionLine, ...]
    disputes: tuple[parts.DisputeLine, ...]
    ratings: tuple[parts.RatingLine, ...]
    pictures: tuple[parts.PictureLine, ...]
    linked: tuple[parts.LinkedIncident, ...]

    @property
    def active_cases(self) -> tuple[StaffCase, ...]:
        return tuple(case for case in self.cases if case.is_active)

    @property
    def open_disputes(self) -> tuple[parts.DisputeLine, ...]:
        return tuple(one for one in self.disputes if one.state is DisputeState.REQUESTED)

    @property
    def departments_at_work(self) -> frozenset[int]:
        """Those whose work orders give them rights here: a cancelled one gives none."""
        at_work = (one for one in self.orders if one.state is not WorkOrderState.CANCELLED)
        return frozenset(one.department_id for one in at_work)

    @property
    def number(self) -> str:
        """The number of its first case; an incident has none of its own."""
        return self.cases[0].number if self.cases else ""


def staff_incident(incident_id: int, actor: Actor, names: Names) -> StaffIncident:
    """The incident with all its parts, in a fixed number of statements.

    Raises NotFound, also for another jurisdiction's and a sensitive one outside its queue.
    """
    incident = (
        Incident.objects.filter(known_to(actor), pk=incident_id).select_related("assignee").first()
    )
    if incident is None:
        raise NotFound(what="incident")
    rows = _case_rows(incident)
    timeline = incident_timeline(incident.pk)
    brought = _brought(timeline)
    cases = tuple(_case(row, brought.get(row.pk), names) for row in rows)
    ids = [case.case_id for case in cases]
    service = service_version(incident.service_version_id)
    areas = names.area_names(incident.areas)
    assignee = incident.assignee
    return StaffIncident(
        incident_id=incident.pk,
        seen=timeline[-1].sequence if timeline else 0,
        service=service,
        service_name=in_language(service.names, names.language),
        next_step=in_language(service.next_step, names.language),
        state=State(incident.state),
        waiting_for=incident.waiting_for,
        waiting_note=incident.waiting_note,
        outcome=Outcome(incident.outcome) if incident.outcome else None,
        outcome_detail=incident.outcome_detail,
        closing_text=incident.closing_text,
        public_note=incident.public_note,
        severity=Severity(incident.severity),
        department=names.department(incident.department_id),
        queue_id=incident.queue_id,
        queue=names.queue(incident.queue_id),
        assignee_id=incident.assignee_id,
        assignee=(assignee.name or assignee.email) if assignee else "",
        is_sensitive=incident.is_sensitive,
        point=Point(incident.lon, incident.lat),
        precision=incident.precision,
        address=incident.address,
        areas=areas,
        place=place_text(incident, areas),
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        expected_on=incident.expected_on,
        due_at=incident.due_at,
        asked_again=incident.asked_again,
        followers=Follow.objects.filter(incident=incident, to_at__isnull=True).count(),
        merged_into_id=incident.merged_into_id,
        why_here=tuple(incident.why_here),
        cases=cases,
        timeline=timeline,
        clocks=parts.clock_lines(ids),
        orders=parts.order_lines(incident.pk, names),
        questions=parts.question_lines(ids),
        disputes=parts.dispute_lines(ids),
        ratings=parts.rating_lines(ids),
        pictures=parts.picture_lines(incident.pk, ids),
        linked=parts.linked_incidents(incident, actor, names),
    )


@dataclass(frozen=True, slots=True)
class OpenedContact:
    """What was masked: who reported, and the words as they were written."""

    case_id: int
    number: str
    incident_id: int
    contact: Contact
    language: str
    words: str


def opened_contact(case_id: int, actor: Actor) -> OpenedContact:
    """The contact of a case; ask only after its opening is on record.

    Raises NotFound as staff_incident does.
    """
    case = (
        Case.objects.filter(known_to(actor, "incident__"), pk=case_id)
        .select_related("person")
        .first()
    )
    if case is None:
        raise NotFound(what="case")
    person = case.person
    return OpenedContact(
        case_id=case.pk,
        number=case.number,
        incident_id=case.incident_id,
        contact=_contact(person) if person else Contact(),
        language=case.language,
        words=case.description,
    )


def incident_of_case(case_id: int, actor: Actor) -> int:
    """The id of the incident that a case belongs to now. Raises NotFound."""
    found = (
        Case.objects.filter(known_to(actor, "incident__"), pk=case_id)
        .values_list("incident_id", flat=True)
        .first()
    )
    if found is None:
        raise NotFound(what="case")
    return found


def last_sequence(incident_id: int) -> int:
    """The sequence of the newest event of an incident: what a form is made from."""
    newest = Event.objects.filter(stream_kind=StreamKind.INCIDENT, stream_id=incident_id)
    return newest.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def _case_rows(incident: Incident) -> list[Case]:
    """The cases with their person and all their promises: two statements."""
    return list(
        Case.objects.filter(incident=incident)
        .select_related("person")
        .prefetch_related(
            Prefetch("promises", queryset=Promise.objects.order_by("id"), to_attr="all_promises")
        )
        .order_by("id")
    )


def _brought(timeline: Iterable[Entry]) -> dict[int, int]:
    """The incident from which a merge last brought each case here."""
    found: dict[int, int] = {}
    for entry in timeline:
        if entry.kind is EventKind.MERGED_FROM:
            cases, source = entry.facts.get("cases"), entry.facts.get("from")
            if isinstance(cases, list) and isinstance(source, int):
                found.update(dict.fromkeys(cases, source))
    return found


def _case(row: Case, came_from_id: int | None, names: Names) -> StaffCase:
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
        came_from_id=came_from_id,
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


def _contact(person: Person) -> Contact:
    return Contact(person.name, person.email, person.phone, person.wants_updates)
