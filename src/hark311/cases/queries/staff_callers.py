"""Finds who is calling, and tells what they reported before, as far as staff may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hark311.cases.models import Case
from hark311.cases.queries.staff_known import Names, known_to
from hark311.domain.actor import Actor
from hark311.domain.draft import Contact
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.domain.numbers import is_number, parse_number
from hark311.domain.vocabulary import Outcome, Standing
from hark311.people.finding import people_like
from hark311.people.models import Person
from hark311.privacy.text import shorten_email, shorten_name, shorten_phone

AT_MOST = 8
PAST_CASES = 20
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class FoundCaller:
    """Somebody who may be calling; masked until the agent says that it is them."""

    person_id: int
    name: str
    email: str
    phone: str
    cases: int
    newest_number: str
    newest_service: str
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class PastCase:
    """What a caller reported before. is_late: its clock has run out, so say sorry first."""

    case_id: int
    number: str
    incident_id: int
    service: str
    place: str
    state: State
    outcome: Outcome | None
    is_withdrawn: bool
    is_late: bool
    due_at: datetime | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, with what they reported before, the newest first."""

    person_id: int
    contact: Contact
    language: str
    cases: tuple[PastCase, ...]


def find_callers(words: str, actor: Actor, names: Names) -> tuple[FoundCaller, ...]:
    """Who these words may mean: a case number, telephone, e-mail address or name.

    Only people with a case that the actor may know of; one entry for each way to reach them.
    """
    rows = Case.objects.filter(known_to(actor, "incident__"), person__isnull=False)
    if is_number(words):
        rows = rows.filter(number=parse_number(words))
    else:
        rows = rows.filter(person__in=people_like(words, actor.jurisdiction_id))
    found = rows.select_related("person", "incident").order_by("-opened_at", "-id")[:_LOOKED_AT]
    grouped: dict[tuple[object, ...], list[Case]] = {}
    for row in found:
        if row.person is not None:
            grouped.setdefault(_who(row.person), []).append(row)
    return tuple(_found(cases, names) for cases in list(grouped.values())[:AT_MOST])


def caller(person_id: int, actor: Actor, names: Names, *, now: datetime) -> Caller:
    """Everything an agent may know of a caller; ask only after its opening is on record.

    People with the same account, e-mail address or telephone number count as the same. Two
    statements.

    Raises NotFound if the actor may know of no case of theirs.
    """
    person = Person.objects.filter(pk=person_id, jurisdiction=actor.jurisdiction_id).first()
    if person is None:
        raise NotFound(what="person")
    cases = _cases_of(person, actor, names, now)
    if not any(case.case_id for case in cases):
        raise NotFound(what="person")
    return Caller(
        person_id=person.pk,
        contact=Contact(person.name, person.email, person.phone, person.wants_updates),
        language=person.language,
        cases=cases,
    )


def newest_case_of(person_id: int, actor: Actor) -> int:
    """The id of the newest case of this very person. Raises NotFound."""
    rows = Case.objects.filter(known_to(actor, "incident__"), person=person_id)
    found = rows.order_by("-id").values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(what="person")
    return found


def _who(person: Person) -> tuple[object, ...]:
    """What makes two entries the same caller in a list: whoever can be reached the same way."""
    reach = (person.email, person.phone)
    return (person.name.casefold(), *reach) if any(reach) else (person.name.casefold(), person.pk)


def _found(cases: Iterable[Case], names: Names) -> FoundCaller:
    rows = list(cases)
    newest = rows[0]
    person = newest.person
    if person is None:
        raise AssertionError("only cases with a person are grouped")
    return FoundCaller(
        person_id=person.pk,
        name=shorten_name(person.name),
        email=shorten_email(person.email),
        phone=shorten_phone(person.phone),
        cases=len(rows),
        newest_number=newest.number,
        newest_service=names.service(newest.incident.service_version_id),
        newest_at=newest.opened_at,
    )


def _cases_of(person: Person, actor: Actor, names: Names, now: datetime) -> tuple[PastCase, ...]:
    same = Q(pk=person.pk)
    for name in ("account_id", "email", "phone"):
        value = getattr(person, name)
        if value:
            same |= Q(**{name: value})
    people = Person.objects.filter(same, jurisdiction=actor.jurisdiction_id)
    rows = Case.objects.filter(known_to(actor, "incident__"), person__in=people)
    found = rows.select_related("incident").order_by("-opened_at", "-id")[:PAST_CASES]
    return tuple(_past(row, names, now) for row in found)


def _past(row: Case, names: Names, now: datetime) -> PastCase:
    incident = row.incident
    state = State(incident.state)
    due_at = incident.due_at
    return PastCase(
        case_id=row.pk,
        number=row.number,
        incident_id=incident.pk,
        service=names.service(incident.service_version_id),
        place=row.address or ", ".join(names.area_names(row.areas)),
        state=state,
        outcome=Outcome(incident.outcome) if incident.outcome else None,
        is_withdrawn=row.standing == Standing.WITHDRAWN.value,
        is_late=state.is_open and due_at is not None and due_at < now,
        due_at=due_at,
        opened_at=row.opened_at,
    )
