"""The lists that staff work from: open incidents by the time they fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hark311.cases.models import Case, Dispute, Event, Incident
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.cases.queries.worklist import QueueFilter, find
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DisputeState, Severity, StreamKind


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One incident in a list. number: of its first case. due_at: None if no clock runs.

    seen: the sequence of its newest event, for what is done from the list.
    """

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
    seen: int
    queue_id: int
    assignee_id: int | None

    @property
    def version(self) -> str:
        """Another one whenever a row would look otherwise than by the passing of time."""
        shown = (
            self.seen,
            self.service,
            self.place,
            self.areas,
            self.queue,
            self.assignee,
            self.cases,
            self.asked_again,
            self.is_late,
            self.is_soon,
            self.is_disputed,
        )
        return f"{crc32(repr(shown).encode()):08x}"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows of a list. before, after: where the pages beside it begin; "" where none is."""

    rows: tuple[QueueRow, ...]
    before: str
    after: str


def queue_page(actor: Actor, wanted: QueueFilter, names: Names, *, now: datetime) -> QueuePage:
    """One page of incidents, the earliest due first; those with no clock running come last.

    Closed ones are listed by when they were closed, the last first. Two statements, one more
    where words are looked for, whatever the page.
    """
    found = find(actor, wanted, now=now)
    return QueuePage(
        rows=rows_of(found.ids, names, now=now),
        before=str(found.first or "") if found.has_before else "",
        after=str(found.last or "") if found.has_after else "",
    )


def rows_of(ids: Sequence[int], names: Names, *, now: datetime) -> tuple[QueueRow, ...]:
    """These incidents as rows, in this order; the caller has asked who may see them."""
    marked = {one.pk: one for one in with_marks(Incident.objects.filter(pk__in=ids))}
    return tuple(queue_row(marked[pk], names, now) for pk in ids if pk in marked)


def known_rows(
    ids: Sequence[int], actor: Actor, names: Names, *, now: datetime
) -> tuple[QueueRow, ...]:
    """Those of these incidents that the actor may know of, as rows in this order."""
    known = set(Incident.objects.filter(known_to(actor), pk__in=ids).values_list("pk", flat=True))
    return rows_of([pk for pk in ids if pk in known], names, now=now)


def with_marks(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Incidents with what a row of a list tells of their cases and events."""
    first = Case.objects.filter(incident=OuterRef("pk")).order_by("id").values("number")[:1]
    newest = (
        Event.objects.filter(stream_kind=StreamKind.INCIDENT.value, stream_id=OuterRef("pk"))
        .order_by("-sequence")
        .values("sequence")[:1]
    )
    return incidents.select_related("assignee").annotate(
        number=Subquery(first), seen=Subquery(newest), is_disputed=is_disputed()
    )


def is_warned(now: datetime) -> Q:
    """True of an incident one of whose running clocks has given its warning."""
    return Q(warn_at__lte=now)


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
        is_soon=not is_late and incident.warn_at is not None and incident.warn_at <= now,
        is_disputed=bool(getattr(incident, "is_disputed", False)),
        is_sensitive=incident.is_sensitive,
        seen=getattr(incident, "seen", None) or 0,
        queue_id=incident.queue_id,
        assignee_id=incident.assignee_id,
    )


def _name_of(incident: Incident) -> str:
    return (incident.assignee.name or incident.assignee.email) if incident.assignee else ""
