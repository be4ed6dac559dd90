"""The parts of an incident's page for staff; what people wrote comes masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Case, Count, Q, When

from hark311.cases.models import (
    Attachment,
    Clock,
    Dispute,
    Incident,
    Question,
    Rating,
    Relation,
    WorkOrder,
)
from hark311.cases.queries.staff_known import Names, known_to
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockState
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import (
    DisputeState,
    Standing,
    Target,
    WorkOrderKind,
    WorkOrderState,
)
from hark311.domain.work import steps_from
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One promise of one case. pauses: why it stands still; empty while it runs."""

    case_id: int
    target: Target
    state: ClockState
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    paused_at: datetime | None
    pauses: tuple[str, ...]
    met_at: datetime | None
    breached_at: datetime | None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of all active cases of an incident: the clock that falls due first.

    of_cases: how many cases were promised it; kept, broken: of how many it was.
    """

    clock: ClockLine
    of_cases: int
    kept: int
    broken: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A work order. is_ours: the reader may act on it; what others wrote in theirs stays theirs,
    so its text, result and reason are empty then."""

    order_id: int
    kind: WorkOrderKind
    state: WorkOrderState
    department_id: int
    department: str
    queue: str
    text: str
    result: str
    reason: str
    changed_at: datetime
    is_ours: bool

    @property
    def steps(self) -> tuple[WorkOrderState, ...]:
        """Where it may go from here, in the order of its life."""
        possible = steps_from(self.state)
        return tuple(one for one in WorkOrderState if one in possible)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Something one reporter was asked. state: open, answered or lapsed."""

    question_id: int
    case_id: int
    text: str
    state: str
    asked_at: datetime
    due_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisputeLine:
    dispute_id: int
    case_id: int
    text: str
    state: DisputeState
    requested_at: datetime
    answer_by: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    case_id: int
    stars: int | None
    is_fixed: bool | None
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RatingSum:
    """What the people of an incident made of it: how many gave stars, and their mean of 1 to 5.

    fixed, not_fixed: how many said so when they were asked.
    """

    count: int
    mean: float | None
    fixed: int
    not_fixed: int


@dataclass(frozen=True, slots=True)
class PictureLine:
    attachment_id: int
    case_id: int | None
    is_evidence: bool
    content_type: str
    created_at: datetime
    # checking, shown, hidden: what the public gets of a reporter's picture.
    state: str


@dataclass(frozen=True, slots=True)
class LinkedIncident:
    """Another incident and how it belongs to this one: related, merged_from, merged_into,
    follows or followed_by."""

    incident_id: int
    how: str
    service: str
    place: str
    state: State


def clock_lines(case_ids: Iterable[int]) -> tuple[ClockLine, ...]:
    """Every clock that was not replaced by a later promise, in order of case and due instant."""
    rows = (
        Clock.objects.filter(case__in=list(case_ids))
        .exclude(state=ClockState.SUPERSEDED.value)
        .order_by("case_id", "due_at", "id")
    )
    return tuple(_clock(row) for row in rows)


# What runs comes before what stands still, and that before what is over.
_FIRST_DUE = Case(
    When(state=ClockState.RUNNING.value, then=0),
    When(state=ClockState.PAUSED.value, then=1),
    default=2,
)


def target_lines(incident_id: int) -> tuple[TargetLine, ...]:
    """The clocks of an incident's active cases, one line a target; two statements."""
    clocks = Clock.objects.filter(
        case__incident=incident_id, case__standing=Standing.ACTIVE.value
    ).exclude(state=ClockState.SUPERSEDED.value)
    first = clocks.order_by("target", _FIRST_DUE, "due_at", "id").distinct("target")
    counts = {
        row["target"]: row
        for row in clocks.order_by()
        .values("target")
        .annotate(
            of_cases=Count("id"),
            kept=Count("id", filter=Q(state=ClockState.MET.value, breached_at__isnull=True)),
            broken=Count("id", filter=Q(breached_at__isnull=False)),
        )
    }
    lines = [
        TargetLine(
            _clock(row), *(counts[row.target][name] for name in ("of_cases", "kept", "broken"))
        )
        for row in first
    ]
    return tuple(sorted(lines, key=lambda line: line.clock.due_at))


def _clock(row: Clock) -> ClockLine:
    return ClockLine(
        case_id=row.case_id,
        target=Target(row.target),
        state=ClockState(row.state),
        started_at=row.started_at,
        due_at=row.due_at,
        warn_at=row.warn_at,
        paused_at=row.paused_at,
        pauses=tuple(row.pauses),
        met_at=row.met_at,
        breached_at=row.breached_at,
    )


def order_lines(incident: Incident, actor: Actor, names: Names) -> tuple[OrderLine, ...]:
    """The work orders, oldest first; the queue of the incident reads them all whole."""
    owns = incident.queue_id in actor.queues
    return tuple(
        _order(row, names, is_ours=owns or row.department_id in actor.departments)
        for row in WorkOrder.objects.filter(incident=incident).order_by("id")
    )


def _order(row: WorkOrder, names: Names, *, is_ours: bool) -> OrderLine:
    return OrderLine(
        order_id=row.pk,
        kind=WorkOrderKind(row.kind),
        state=WorkOrderState(row.state),
        department_id=row.department_id,
        department=names.department(row.department_id),
        queue=names.queue(row.queue_id),
        text=row.text if is_ours else "",
        result=row.result if is_ours else "",
        reason=row.reason if is_ours else "",
        changed_at=row.changed_at,
        is_ours=is_ours,
    )


def question_lines(case_ids: Iterable[int]) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(
            question_id=row.pk,
            case_id=row.case_id,
            text=row.text,
            state=row.state,
            asked_at=row.asked_at,
            due_at=row.due_at,
            answer=mask_text(row.answer),
            answered_at=row.answered_at,
        )
        for row in Question.objects.filter(case__in=list(case_ids)).order_by("-asked_at", "-id")
    )


def dispute_lines(incident_id: int) -> tuple[DisputeLine, ...]:
    """The disputes of the cases that belong to the incident now, newest first."""
    return tuple(
        DisputeLine(
            dispute_id=row.pk,
            case_id=row.case_id,
            text=mask_text(row.text),
            state=DisputeState(row.state),
            requested_at=row.requested_at,
            answer_by=row.answer_by,
            answer=row.answer,
        )
        for row in Dispute.objects.filter(case__incident=incident_id).order_by(
            "-requested_at", "-id"
        )
    )


def rating_lines(case_ids: Iterable[int]) -> tuple[RatingLine, ...]:
    return tuple(
        RatingLine(row.case_id, row.stars, row.is_fixed, mask_text(row.comment), row.at)
        for row in Rating.objects.filter(case__in=list(case_ids)).order_by("-at", "-id")
    )


def rating_sum(incident_id: int) -> RatingSum:
    """The ratings of the cases that belong to the incident now."""
    found = Rating.objects.filter(case__incident=incident_id).aggregate(
        count=Count("stars"),
        mean=Avg("stars"),
        fixed=Count("id", filter=Q(is_fixed=True)),
        not_fixed=Count("id", filter=Q(is_fixed=False)),
    )
    return RatingSum(**found)


def picture_lines(incident_id: int) -> tuple[PictureLine, ...]:
    """What reporters sent and what the work proved, oldest first."""
    # One condition over both tables would look through every picture there is.
    proof = Attachment.objects.filter(incident_id=incident_id)
    rows = proof.union(Attachment.objects.filter(case__incident=incident_id))
    return tuple(
        PictureLine(
            row.pk, row.case_id, row.is_evidence, row.content_type, row.created_at, row.state
        )
        for row in rows.order_by("id")
    )


def linked_incidents(
    incident_id: int, leads_to: Mapping[int, str], actor: Actor, names: Names
) -> tuple[LinkedIncident, ...]:
    """Incidents that belong to this one, as far as the actor may know of them. Two statements.

    leads_to: those it points at itself, each with how.
    """
    how = {**dict.fromkeys(_related_ids(incident_id), "related"), **leads_to}
    rows = Incident.objects.filter(known_to(actor)).filter(
        Q(pk__in=how) | Q(merged_into=incident_id) | Q(follows=incident_id)
    )
    return tuple(
        LinkedIncident(
            incident_id=row.pk,
            how=how.get(row.pk) or _points_here(row, incident_id),
            service=names.service(row.service_version_id),
            place=row.address or ", ".join(names.area_names(row.areas)),
            state=State(row.state),
        )
        for row in rows.order_by("id")
    )


def _related_ids(incident_id: int) -> list[int]:
    pairs = Relation.objects.filter(
        Q(incident_id=incident_id) | Q(other_id=incident_id)
    ).values_list("incident_id", "other_id")
    return [other if one == incident_id else one for one, other in pairs]


def _points_here(row: Incident, incident_id: int) -> str:
    return "merged_from" if row.merged_into_id == incident_id else "followed_by"
