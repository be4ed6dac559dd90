"""An incident with everything staff need to work it; contact details come masked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hark311.cases.models import Case, Event, Incident
from hark311.cases.queries import staff_parts as parts
from hark311.cases.queries.staff_cases import CaseBrief, case_briefs
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.catalog.queries import Service, service_version
from hark311.domain.actor import Actor
from hark311.domain.draft import Contact
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.domain.place import Point
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import (
    DisputeState,
    Outcome,
    Severity,
    StreamKind,
    WorkOrderState,
)
from hark311.government.models import Account
from hark311.people.models import Person


@dataclass(frozen=True, slots=True)
class StaffIncident:
    """One incident and its cases in brief; ``seen`` is what forms are made from."""

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
    merged_into_id: int | None
    follows_id: int | None
    why_here: tuple[Mapping[str, object], ...]
    cases: tuple[CaseBrief, ...]
    orders: tuple[parts.OrderLine, ...]
    disputes: tuple[parts.DisputeLine, ...]
    pictures: tuple[parts.PictureLine, ...]

    @property
    def active_cases(self) -> tuple[CaseBrief, ...]:
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
    def languages(self) -> Mapping[str, int]:
        """In which languages its people read, and how many of them; the most first."""
        return dict(
            Counter(case.language for case in self.active_cases if case.has_person).most_common()
        )

    @property
    def number(self) -> str:
        """The number of its first case; an incident has none of its own."""
        return self.cases[0].number if self.cases else ""


def staff_incident(incident_id: int, actor: Actor, names: Names) -> StaffIncident:
    """The incident with what every form about it needs, in a fixed number of statements.

    Raises NotFound, also for another jurisdiction's and a sensitive one outside its queue.
    """
    row = known_incident(incident_id, actor)
    service, areas = service_version(row.service_version_id), names.area_names(row.areas)
    return StaffIncident(
        incident_id=row.pk,
        seen=last_sequence(row.pk),
        service=service,
        service_name=in_language(service.names, names.language),
        next_step=in_language(service.next_step, names.language),
        state=State(row.state),
        waiting_for=row.waiting_for,
        waiting_note=row.waiting_note,
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_detail=row.outcome_detail,
        closing_text=row.closing_text,
        public_note=row.public_note,
        severity=Severity(row.severity),
        department=names.department(row.department_id),
        queue_id=row.queue_id,
        queue=names.queue(row.queue_id),
        assignee_id=row.assignee_id,
        assignee=_name_of(row.assignee),
        is_sensitive=row.is_sensitive,
        point=Point(row.lon, row.lat),
        precision=row.precision,
        address=row.address,
        areas=areas,
        place=place_text(row, areas),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        expected_on=row.expected_on,
        due_at=row.due_at,
        asked_again=row.asked_again,
        merged_into_id=row.merged_into_id,
        follows_id=row.follows_id,
        why_here=tuple(row.why_here),
        cases=case_briefs(row.pk),
        orders=parts.order_lines(row, actor, names),
        disputes=parts.dispute_lines(row.pk),
        pictures=parts.picture_lines(row.pk),
    )


def known_incident(incident_id: int, actor: Actor) -> Incident:
    """The row, as far as the actor may know of it. Raises NotFound."""
    row = (
        Incident.objects.filter(known_to(actor), pk=incident_id).select_related("assignee").first()
    )
    if row is None:
        raise NotFound(what="incident")
    return row


def _name_of(account: Account | None) -> str:
    return (account.name or account.email) if account else ""


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


def _contact(person: Person) -> Contact:
    return Contact(person.name, person.email, person.phone, person.wants_updates)
