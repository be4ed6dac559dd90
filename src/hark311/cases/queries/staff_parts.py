"""The parts of an incident's page for staff; what people wrote comes masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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
from hark311.domain.vocabulary import DisputeState, Target, WorkOrderKind, WorkOrderState
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
class OrderLine:
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
    stars: int
    comment: str
    at: datetime


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
    return tuple(
        ClockLine(
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
        for row in rows
    )


def order_lines(incident_id: int, names: Names) -> tuple[OrderLine, ...]:
    return tuple(
        OrderLine(
            order_id=row.pk,
            kind=WorkOrderKind(row.kind),
            state=WorkOrderState(row.state),
            department_id=row.department_id,
            department=names.department(row.department_id),
            queue=names.queue(row.queue_id),
            text=row.text,
            result=row.result,
            reason=row.reason,
            changed_at=row.changed_at,
        )
        for row in WorkOrder.objects.filter(incident_id=incident_id).order_by("id")
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


def dispute_lines(case_ids: Iterable[int]) -> tuple[DisputeLine, ...]:
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
        for row in Dispute.objects.filter(case__in=list(case_ids)).order_by("-requested_at", "-id")
    )


def rating_lines(case_ids: Iterable[int]) -> tuple[RatingLine, ...]:
    return tuple(
        RatingLine(row.case_id, row.stars, mask_text(row.comment), row.at)
        for row in Rating.objects.filter(case__in=list(case_ids)).order_by("-at", "-id")
    )


def picture_lines(incident_id: int, case_ids: Iterable[int]) -> tuple[PictureLine, ...]:
    rows = Attachment.objects.filter(Q(incident_id=incident_id) | Q(case__in=list(case_ids)))
    return tuple(
        PictureLine(
            row.pk, row.case_id, row.is_evidence, row.content_type, row.created_at, row.state
        )
        for row in rows.order_by("id")
    )


def linked_incidents(incident: Incident, actor: Actor, names: Names) -> tuple[LinkedIncident, ...]:
    """Incidents that belong to this one, as far as the actor may know of them. Two statements."""
    how = {
        **dict.fromkeys(_related_ids(incident.pk), "related"),
        **({incident.merged_into_id: "merged_into"} if incident.merged_into_id else {}),
        **({incident.follows_id: "follows"} if incident.follows_id else {}),
    }
    rows = Incident.objects.filter(known_to(actor)).filter(
        Q(pk__in=how) | Q(merged_into=incident) | Q(follows=incident)
    )
    return tuple(
        LinkedIncident(
            incident_id=row.pk,
            how=_how(row, incident, how),
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


def _how(row: Incident, incident: Incident, how: dict[int, str]) -> str:
    if row.pk in how:
        return how[row.pk]
    return "merged_from" if row.merged_into_id == incident.pk else "followed_by"
