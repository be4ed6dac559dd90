"""Reads cases as anybody may see them; private and sensitive ones are never among them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from psycopg.types.json import Jsonb

from hark311.cases.bodies import with_facts
from hark311.cases.models import Case, Event, Follow
from hark311.cases.queries import public_rows
from hark311.catalog.queries import Service, service_version
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import PublicStatus, State, WaitingFor
from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.domain.vocabulary import (
    EventKind,
    LocationPrecision,
    Outcome,
    Privacy,
    Standing,
    StreamKind,
    Visibility,
)
from hark311.government.models import Jurisdiction
from hark311.government.queries import DepartmentRecord, QueueRecord, organisation_of
from hark311.privacy.text import mask_text

# Whichever way a link came in, nothing else becomes one on a page.
_LINKS = ("https://", "http://", "/")


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One case as the public may see it. Instants are aware; texts are masked already.

    due_at: of the promise to resolve, while it runs; stands still while ``is_paused``.
    active_cases: this one and the others of its incident that are public and not withdrawn.
    look_by: of the promise to look at it, while that runs.
    dispute_answer_by: set while a dispute of this case waits for its answer.
    """

    id: int
    number: str
    incident_id: int
    service: Service
    department: DepartmentRecord
    queue: QueueRecord
    status: PublicStatus
    state: State
    waiting_for: WaitingFor | None
    standing: Standing
    outcome: Outcome | None
    outcome_detail: str
    closing_text: str
    public_note: str
    text: str
    point: Point
    precision: LocationPrecision
    address: str
    address_id: str
    areas: tuple[str, ...]
    media_urls: tuple[str, ...]
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    look_by: datetime | None
    is_paused: bool
    expected_on: date | None
    dispute_answer_by: datetime | None
    has_open_question: bool
    active_cases: int
    answers: Mapping[str, tuple[str, ...]]
    privacy: Privacy


@dataclass(frozen=True, slots=True)
class PublicFilter:
    """What to list; an empty part filters nothing. Instants are aware, both ends included.

    box: only what has an exact place within it; ``public_list`` and ``public_map`` know it.
    """

    numbers: tuple[str, ...] = ()
    service_codes: tuple[str, ...] = ()
    statuses: frozenset[PublicStatus] = field(default_factory=frozenset)
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    updated_from: datetime | None = None
    updated_to: datetime | None = None
    area: str = ""
    words: str = ""
    box: Box | None = None


def public_case(jurisdiction: Jurisdiction, number: str) -> PublicCase:
    """The public case of this number.

    Raises NotFound if there is none, also for a private or sensitive one and another city's.
    """
    wanted = PublicFilter(numbers=(number,))
    case = next(iter(public_cases(jurisdiction, wanted, size=1)), None)
    if case is None:
        raise NotFound(what="case")
    return case


def numbers_here(jurisdiction: Jurisdiction, old: Collection[str]) -> Mapping[str, str]:
    """The numbers here of public cases that came from another system, by the ones given there."""
    known = Case.objects.filter(
        jurisdiction=jurisdiction,
        foreign_number__in=[number for number in old if number],
        privacy=Privacy.PUBLIC.value,
    )
    return dict(known.exclude(foreign_number="").values_list("foreign_number", "number"))


def public_cases(
    jurisdiction: Jurisdiction, wanted: PublicFilter, *, page: int = 1, size: int = 50
) -> tuple[PublicCase, ...]:
    """One page of public cases, newest first; page counts from 1. One statement."""
    conditions, values = _narrowed(wanted)
    # A number in the text lets the server plan for so many; a place could be a million.
    end = f"ORDER BY c.opened_at DESC, c.id DESC LIMIT {int(size)}"
    if page > 1:
        end, values = f"{end} OFFSET %(skipped)s", {**values, "skipped": (page - 1) * size}
    conditions = ("c.jurisdiction_id = %(jurisdiction)s", "c.privacy = 'public'", *conditions)
    rows = public_rows.found(conditions, {**values, "jurisdiction": jurisdiction.pk}, end=end)
    return tuple(_record_of(row, jurisdiction) for row in rows)


def records_of(jurisdiction: Jurisdiction, case_ids: Iterable[int]) -> dict[int, PublicCase]:
    """What these cases show, by id, in the order given; ids of other cities are left out.

    Says nothing about who may see them: ``privacy`` tells. One statement.
    """
    ids = list(case_ids)
    rows = public_rows.found(
        ("c.jurisdiction_id = %(jurisdiction)s", "c.id = ANY(%(ids)s)"),
        {"jurisdiction": jurisdiction.pk, "ids": ids},
    )
    known = {row[0]: _record_of(row, jurisdiction) for row in rows} if ids else {}
    return {case_id: known[case_id] for case_id in ids if case_id in known}


def followers_of(incident_id: int) -> int:
    """How many people follow an incident that somebody else reported."""
    return Follow.objects.filter(incident=incident_id, to_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class PublicUpdate:
    """One public event of a public case, as Open311 clients read updates."""

    id: int
    number: str
    at: datetime
    kind: EventKind
    status: PublicStatus
    text: str


_UPDATES = {
    EventKind.NOTED: "text",
    EventKind.CLOSED: "text",
    EventKind.REOPENED: "text",
    EventKind.ACKNOWLEDGED: "",
    EventKind.STARTED: "",
}


def public_updates(
    jurisdiction: Jurisdiction, *, start: datetime, end: datetime, limit: int = 1000
) -> tuple[PublicUpdate, ...]:
    """What was said in public about public cases between two instants, oldest first.

    An event of an incident counts for each public case that belongs to it now. Two statements;
    where a redaction erased what an event said, one more reads what it restated.
    """
    events = (
        Event.objects.filter(
            jurisdiction=jurisdiction,
            stream_kind=StreamKind.INCIDENT,
            kind__in=[kind.value for kind in _UPDATES],
            visibility=Visibility.PUBLIC,
            at__gte=start,
            at__lte=end,
        )
        .select_related("body")
        .order_by("at", "id")[:limit]
    )
    found = with_facts(events)
    numbers: dict[int, list[str]] = {}
    for number, incident_id in Case.objects.filter(
        incident__in={event.stream_id for event, _facts in found}, privacy=Privacy.PUBLIC.value
    ).values_list("number", "incident_id"):
        numbers.setdefault(incident_id, []).append(number)
    return tuple(
        _update(event, facts, number)
        for event, facts in found
        for number in numbers.get(event.stream_id, ())
    )


def _record_of(row: public_rows.Found, jurisdiction: Jurisdiction) -> PublicCase:
    organisation = organisation_of(jurisdiction)
    standing, state = Standing(row.standing), State(row.state)
    is_withdrawn = standing is Standing.WITHDRAWN
    return PublicCase(
        id=row.id,
        number=row.number,
        incident_id=row.incident_id,
        service=service_version(row.service_version_id),
        department=organisation.departments[row.department_id],
        queue=organisation.queues[row.queue_id],
        status=PublicStatus.CLOSED if is_withdrawn else state.public_status,
        state=state,
        waiting_for=WaitingFor(row.waiting_for) if row.waiting_for else None,
        standing=standing,
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_detail=row.outcome_detail,
        closing_text=row.closing_text,
        public_note=row.public_note,
        text=row.public_text,
        point=Point(row.lon, row.lat),
        precision=LocationPrecision(row.precision),
        address=mask_text(row.address),
        address_id=row.address_id,
        areas=tuple(row.areas),
        media_urls=tuple(url for url in row.media_urls if url.startswith(_LINKS)),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
        due_at=None if is_withdrawn else row.due_at,
        look_by=None if is_withdrawn else row.look_by,
        is_paused=bool(row.is_paused),
        expected_on=row.expected_on,
        dispute_answer_by=row.answer_by,
        has_open_question=row.has_open_question,
        active_cases=1 + row.public_others,
        answers={code: tuple(values) for code, values in row.answers.items()},
        privacy=Privacy(row.privacy),
    )


_IS_CLOSED = "(c.standing = 'withdrawn' OR i.state = 'closed')"
_OF_SERVICES = (
    "i.service_id IN (SELECT s.id FROM catalog_servicedefinition s WHERE s.code = ANY(%(codes)s))"
)
# A case changed when it or its incident did, whichever came later.
_BETWEEN: Mapping[str, str] = MappingProxyType(
    {
        "opened_from": "c.opened_at >= %(opened_from)s",
        "opened_to": "c.opened_at <= %(opened_to)s",
        "updated_from": "(c.updated_at >= %(updated_from)s OR i.updated_at >= %(updated_from)s)",
        "updated_to": "c.updated_at <= %(updated_to)s AND i.updated_at <= %(updated_to)s",
    }
)


def _narrowed(wanted: PublicFilter) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The conditions of a filter with their values; numbers stand alone."""
    if wanted.numbers:
        return ("c.number = ANY(%(numbers)s)",), {"numbers": list(wanted.numbers)}
    parts: list[tuple[str, dict[str, Any]]] = []
    if wanted.service_codes:
        parts.append((_OF_SERVICES, {"codes": list(wanted.service_codes)}))
    if len(wanted.statuses) == 1:
        is_closed = PublicStatus.CLOSED in wanted.statuses
        parts.append((_IS_CLOSED if is_closed else f"NOT {_IS_CLOSED}", {}))
    if wanted.area:
        parts.append(("c.areas @> %(areas)s", {"areas": Jsonb([wanted.area])}))
    if wanted.words:
        parts.append(
            ("strpos(lower(c.public_text), %(words)s) > 0", {"words": wanted.words.lower()})
        )
    for name, condition in _BETWEEN.items():
        if getattr(wanted, name):
            parts.append((condition, {name: getattr(wanted, name)}))
    values = {name: value for _, given in parts for name, value in given.items()}
    return tuple(condition for condition, _ in parts), values


def _update(event: Event, facts: Mapping[str, object], number: str) -> PublicUpdate:
    kind = EventKind(event.kind)
    return PublicUpdate(
        id=event.pk,
        number=number,
        at=event.at,
        kind=kind,
        status=PublicStatus.CLOSED if kind is EventKind.CLOSED else PublicStatus.OPEN,
        text=str(facts.get(_UPDATES[kind], "")) if _UPDATES[kind] else "",
    )
