"""What supervisors watch: late work, open disputes, and what other rules would have routed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from hark311.cases.models import Case, Dispute, Incident
from hark311.cases.queries.staff_known import Names, known_to
from hark311.cases.queries.staff_queue import QueueRow, is_warned, queue_row, with_marks
from hark311.catalog.queries import service_version
from hark311.domain import routing
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DisputeState
from hark311.privacy.text import mask_text

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class OpenDispute:
    incident_id: int
    number: str
    service: str
    queue: str
    text: str
    requested_at: datetime
    answer_by: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Rerouted:
    """A case that the rules as given would send elsewhere. why: the reasons, in words' codes."""

    number: str
    incident_id: int
    service: str
    before: str
    after: str
    why: tuple[routing.Reason, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """How many cases were tried, and those that would have gone elsewhere."""

    tried: int
    changed: tuple[Rerouted, ...]


def count_late(actor: Actor, *, now: datetime) -> int:
    """How many open incidents in the actor's queues are late."""
    return _open_of(actor).filter(due_at__lt=now).count()


def late_rows(actor: Actor, names: Names, *, now: datetime) -> tuple[QueueRow, ...]:
    """Open incidents in the actor's queues that are late, the longest first; not all of them."""
    rows = _open_of(actor).filter(due_at__lt=now)
    marked = with_marks(rows).order_by("due_at", "id")[:AT_MOST]
    return tuple(queue_row(row, names, now) for row in marked)


def soon_rows(actor: Actor, names: Names, *, now: datetime) -> tuple[QueueRow, ...]:
    """Open incidents in the actor's queues whose clock has given its warning."""
    rows = with_marks(_open_of(actor).filter(due_at__gte=now)).filter(is_warned(now))
    return tuple(queue_row(row, names, now) for row in rows.order_by("due_at", "id")[:AT_MOST])


def open_disputes(actor: Actor, names: Names, *, now: datetime) -> tuple[OpenDispute, ...]:
    """Disputes that wait for an answer in the actor's queues, by the promised date."""
    rows = (
        Dispute.objects.filter(
            known_to(actor, "case__incident__"),
            state=DisputeState.REQUESTED.value,
            case__incident__queue_id__in=actor.queues,
        )
        .select_related("case__incident")
        .order_by("answer_by", "id")[:AT_MOST]
    )
    return tuple(
        OpenDispute(
            incident_id=row.case.incident_id,
            number=row.case.number,
            service=names.service(row.case.incident.service_version_id),
            queue=names.queue(row.case.incident.queue_id),
            text=mask_text(row.text),
            requested_at=row.requested_at,
            answer_by=row.answer_by,
            is_late=row.answer_by < now,
        )
        for row in rows
    )


def dry_run(
    rules: Sequence[routing.RoutingRule], actor: Actor, names: Names, *, last: int
) -> DryRun:
    """Route the last cases anew by ``rules``, and say which would have gone elsewhere.

    Compared with the queue they stand in now. Sensitive cases are left out. One statement.
    """
    rows = list(
        Case.objects.filter(jurisdiction_id=actor.jurisdiction_id, is_sensitive=False)
        .select_related("incident")
        .order_by(F("opened_at").desc(), F("id").desc())[:last]
    )
    tried = ((row, _routed(row, rules, names)) for row in rows)
    changed = tuple(
        _rerouted(row, routed, names)
        for row, routed in tried
        if routed.queue != names.organisation.queues[row.incident.queue_id].code
    )
    return DryRun(tried=len(rows), changed=changed)


def _open_of(actor: Actor) -> QuerySet[Incident]:
    return (
        Incident.objects.filter(known_to(actor), queue_id__in=actor.queues)
        .exclude(state=State.CLOSED.value)
        .filter(merged_into__isnull=True)
    )


def _routed(row: Case, rules: Sequence[routing.RoutingRule], names: Names) -> routing.Routed:
    service = service_version(row.incident.service_version_id)
    organisation = names.organisation
    return routing.route(
        rules,
        routing.RoutingFacts(
            service=service.code,
            areas=frozenset(row.areas),
            local_at=row.opened_at.astimezone(organisation.zone),
            answers={code: tuple(values) for code, values in row.answers.items()},
            channel=row.channel,
        ),
        service_queue=organisation.queues[service.queue_id].code,
        fallback_queue=organisation.fallback_queue.code,
        active_queues=frozenset(
            queue.code for queue in organisation.queues.values() if queue.is_active
        ),
    )


def _rerouted(row: Case, routed: routing.Routed, names: Names) -> Rerouted:
    after = names.organisation.queue_by_code(routed.queue)
    return Rerouted(
        number=row.number,
        incident_id=row.incident_id,
        service=names.service(row.incident.service_version_id),
        before=names.queue(row.incident.queue_id),
        after=names.queue(after.id),
        why=routed.why,
    )
