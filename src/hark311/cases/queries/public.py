"""Reads cases as anybody may see them; private and sensitive ones are never among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hark311.cases.bodies import with_facts
from hark311.cases.models import Case, Clock, Dispute, Event, Follow, Question
from hark311.catalog.queries import Service, service_version
from hark311.domain.clocks import ClockState
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import PublicStatus, State, WaitingFor
from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.domain.vocabulary import (
    DisputeState,
    EventKind,
    LocationPrecision,
    Outcome,
    Privacy,
    Standing,
    StreamKind,
    Target,
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
    row = _rows(jurisdiction).filter(number=number).first()
    if row is None:
        raise NotFound(what="case")
    return record_of(row, jurisdiction)


def public_cases(
    jurisdiction: Jurisdiction, wanted: PublicFilter, *, page: int = 1, size: int = 50
) -> tuple[PublicCase, ...]:
    """One page of public cases, newest first; page counts from 1. Four statements."""
    start = (page - 1) * size
    rows = _filtered(_rows(jurisdiction), wanted).order_by("-opened_at", "-id")
    return tuple(record_of(row, jurisdiction) for row in rows[start : start + size])


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


def record_of(row: Case, jurisdiction: Jurisdiction) -> PublicCase:
    """The record of a row read with ``with_parts``; says nothing about who may see it."""
    organisation = organisation_of(jurisdiction)
    incident = row.incident
    queue = organisation.queues[incident.queue_id]
    live: list[Clock] = row.live_clocks  # type: ignore[attr-defined]  # prefetched
    clock = next((one for one in live if one.target == Target.RESOLVE.value), None)
    look = next((one for one in live if one.target == Target.ACKNOWLEDGE.value), None)
    dispute: Dispute | None = next(iter(row.open_disputes), None)  # type: ignore[attr-defined]  # prefetched
    standing = Standing(row.standing)
    state = State(incident.state)
    is_withdrawn = standing is Standing.WITHDRAWN
    return PublicCase(
        id=row.pk,
        number=row.number,
        incident_id=incident.pk,
        service=service_version(incident.service_version_id),
        department=organisation.departments[incident.department_id],
        queue=queue,
        status=PublicStatus.CLOSED if is_withdrawn else state.public_status,
        state=state,
        waiting_for=WaitingFor(incident.waiting_for) if incident.waiting_for else None,
        standing=standing,
        outcome=Outcome(incident.outcome) if incident.outcome else None,
        outcome_detail=incident.outcome_detail,
        closing_text=incident.closing_text,
        public_note=incident.public_note,
        text=row.public_text,
        point=Point(row.lon, row.lat),
        precision=LocationPrecision(row.precision),
        address=mask_text(row.address),
        address_id=row.address_id,
        areas=tuple(row.areas),
        media_urls=tuple(url for url in row.media_urls if url.startswith(_LINKS)),
        opened_at=row.opened_at,
        updated_at=max(row.updated_at, incident.updated_at),
        closed_at=incident.closed_at,
        due_at=clock.due_at if clock and not is_withdrawn else None,
        look_by=look.due_at if look and not is_withdrawn else None,
        is_paused=clock is not None and clock.paused_at is not None,
        expected_on=incident.expected_on,
        dispute_answer_by=dispute.answer_by if dispute else None,
        has_open_question=bool(row.open_questions),  # type: ignore[attr-defined]  # prefetched
        active_cases=1 + row.public_others,  # type: ignore[attr-defined]  # annotated
        answers={code: tuple(values) for code, values in row.answers.items()},
        privacy=Privacy(row.privacy),
    )


def with_parts(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Join the incident and prefetch what ``record_of`` needs: four statements for any number."""
    others = (
        Case.objects.filter(
            incident=OuterRef("incident"),
            privacy=Privacy.PUBLIC.value,
            standing=Standing.ACTIVE.value,
        )
        .exclude(pk=OuterRef("pk"))
        .order_by()
        .values("incident")
        .annotate(count=Count("pk"))
    )
    counted = rows.annotate(
        public_others=Coalesce(Subquery(others.values("count"), output_field=IntegerField()), 0)
    )
    return counted.select_related("incident").prefetch_related(
        Prefetch(
            "clocks",
            queryset=Clock.objects.filter(
                target__in=[Target.RESOLVE.value, Target.ACKNOWLEDGE.value],
                state__in=[state.value for state in ClockState if state.is_live],
            ),
            to_attr="live_clocks",
        ),
        Prefetch(
            "disputes",
            queryset=Dispute.objects.filter(state=DisputeState.REQUESTED.value),
            to_attr="open_disputes",
        ),
        Prefetch(
            "questions", queryset=Question.objects.filter(state="open"), to_attr="open_questions"
        ),
    )


def _rows(jurisdiction: Jurisdiction) -> QuerySet[Case]:
    return with_parts(Case.objects.filter(jurisdiction=jurisdiction, privacy=Privacy.PUBLIC.value))


def _filtered(rows: QuerySet[Case], wanted: PublicFilter) -> QuerySet[Case]:
    if wanted.numbers:
        return rows.filter(number__in=wanted.numbers)
    if wanted.service_codes:
        rows = rows.filter(incident__service__code__in=wanted.service_codes)
    if len(wanted.statuses) == 1:
        rows = rows.filter(_has_status(wanted.statuses))
    if wanted.area:
        rows = rows.filter(areas__contains=[wanted.area])
    if wanted.words:
        rows = rows.filter(public_text__icontains=wanted.words)
    return _between(rows, wanted)


def _between(rows: QuerySet[Case], wanted: PublicFilter) -> QuerySet[Case]:
    if wanted.opened_from:
        rows = rows.filter(opened_at__gte=wanted.opened_from)
    if wanted.opened_to:
        rows = rows.filter(opened_at__lte=wanted.opened_to)
    # A case changed when it or its incident did, whichever came later.
    if wanted.updated_from:
        rows = rows.filter(
            Q(updated_at__gte=wanted.updated_from)
            | Q(incident__updated_at__gte=wanted.updated_from)
        )
    if wanted.updated_to:
        rows = rows.filter(
            updated_at__lte=wanted.updated_to, incident__updated_at__lte=wanted.updated_to
        )
    return rows


def _has_status(statuses: Iterable[PublicStatus]) -> Q:
    closed = Q(standing=Standing.WITHDRAWN.value) | Q(incident__state=State.CLOSED.value)
    return closed if PublicStatus.CLOSED in statuses else ~closed


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
