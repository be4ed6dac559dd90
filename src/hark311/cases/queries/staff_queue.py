"""The lists that staff work from: open incidents by the time they fall due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from hark311.cases.models import Case, Clock, Dispute, Incident
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockState
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DisputeState, Severity, Standing

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a list is narrowed to; an empty part narrows nothing.

    due: "late", "soon" or "". held_by: "me", "nobody" or "". page: from 1.
    """

    queue_ids: frozenset[int] = frozenset()
    state: State | None = None
    service_id: int | None = None
    area: str = ""
    due: str = ""
    held_by: str = ""
    is_disputed: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One incident in a list. number: of its first case. due_at: None if no clock runs."""

    incident_id: int
    number: str
    service: str
    place: str
    areas: tuple[str, ...]
    queue: str
    state: State
    waiting_for: str
    severity: Severity
    assignee: str
    cases: int
    asked_again: int
    opened_at: datetime
    due_at: datetime | None
    is_late: bool
    is_soon: bool
    is_disputed: bool
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: tuple[QueueRow, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How much lies in one queue."""

    open: int
    late: int


def queue_page(actor: Actor, wanted: QueueFilter, names: Names, *, now: datetime) -> QueuePage:
    """One page of incidents, the earliest due first; those with no clock running come last.

    One statement, whatever the page.
    """
    start = (max(wanted.page, 1) - 1) * PAGE_SIZE
    found = list(_listed(actor, wanted, now)[start : start + PAGE_SIZE + 1])
    return QueuePage(
        rows=tuple(queue_row(incident, names, now) for incident in found[:PAGE_SIZE]),
        page=max(wanted.page, 1),
        has_more=len(found) > PAGE_SIZE,
    )


def queue_counts(actor: Actor, *, now: datetime) -> Mapping[int, QueueCount]:
    """Open and late incidents of each of the actor's queues, in one statement."""
    open_ones = _open(Incident.objects.filter(known_to(actor), queue_id__in=actor.queues))
    counted = open_ones.values("queue_id").annotate(
        all=Count("id"), late=Count("id", filter=Q(due_at__lt=now))
    )
    return {row["queue_id"]: QueueCount(row["all"], row["late"]) for row in counted}


def with_marks(incidents: QuerySet[Incident], now: datetime) -> QuerySet[Incident]:
    """Incidents with what a row of a list tells of their cases."""
    first = Case.objects.filter(incident=OuterRef("pk")).order_by("id").values("number")[:1]
    return incidents.select_related("assignee").annotate(
        number=Subquery(first), is_warned=is_warned(now), is_disputed=is_disputed()
    )


def is_warned(now: datetime) -> Exists:
    """True of an incident one of whose running clocks has given its warning."""
    return Exists(
        Clock.objects.filter(
            case__incident=OuterRef("pk"),
            case__standing=Standing.ACTIVE.value,
            state=ClockState.RUNNING.value,
            warn_at__lte=now,
        )
    )


def is_disputed() -> Exists:
    """True of an incident whose closing one of its reporters disputes."""
    return Exists(
        Dispute.objects.filter(case__incident=OuterRef("pk"), state=DisputeState.REQUESTED.value)
    )


def queue_row(incident: Incident, names: Names, now: datetime) -> QueueRow:
    """An incident read by ``with_marks`` as a row."""
    areas = names.area_names(incident.areas)
    is_late = incident.due_at is not None and incident.due_at < now
    return QueueRow(
        incident_id=incident.pk,
        number=getattr(incident, "number", None) or "",
        service=names.service(incident.service_version_id),
        place=place_text(incident, areas),
        areas=areas,
        queue=names.queue(incident.queue_id),
        state=State(incident.state),
        waiting_for=incident.waiting_for,
        severity=Severity(incident.severity),
        assignee=_name_of(incident),
        cases=incident.active_cases,
        asked_again=incident.asked_again,
        opened_at=incident.opened_at,
        due_at=incident.due_at,
        is_late=is_late,
        is_soon=not is_late and bool(getattr(incident, "is_warned", False)),
        is_disputed=bool(getattr(incident, "is_disputed", False)),
        is_sensitive=incident.is_sensitive,
    )


def _name_of(incident: Incident) -> str:
    return (incident.assignee.name or incident.assignee.email) if incident.assignee else ""


def _open(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    return incidents.exclude(state=State.CLOSED.value).filter(merged_into__isnull=True)


def _listed(actor: Actor, wanted: QueueFilter, now: datetime) -> QuerySet[Incident]:
    incidents = with_marks(Incident.objects.filter(known_to(actor)), now)
    if wanted.is_disputed:
        incidents = incidents.filter(is_disputed())
    elif wanted.state is State.CLOSED:
        incidents = incidents.filter(state=State.CLOSED.value, merged_into__isnull=True)
    else:
        incidents = _open(incidents)
        if wanted.state is not None:
            incidents = incidents.filter(state=wanted.state.value)
    incidents = _narrowed(incidents, actor, wanted, now)
    return incidents.order_by(F("due_at").asc(nulls_last=True), "opened_at", "id")


def _narrowed(
    incidents: QuerySet[Incident], actor: Actor, wanted: QueueFilter, now: datetime
) -> QuerySet[Incident]:
    narrowing = Q(queue_id__in=wanted.queue_ids or actor.queues)
    if wanted.service_id is not None:
        narrowing &= Q(service_id=wanted.service_id)
    if wanted.area:
        narrowing &= Q(areas__contains=[wanted.area])
    if wanted.held_by == "me":
        narrowing &= Q(assignee_id=actor.account_id)
    elif wanted.held_by == "nobody":
        narrowing &= Q(assignee__isnull=True)
    if wanted.due == "late":
        narrowing &= Q(due_at__lt=now)
    elif wanted.due == "soon":
        narrowing &= Q(is_warned(now)) & Q(due_at__gte=now)
    return incidents.filter(narrowing)
