"""What supervisors watch: late work, open disputes, and what other rules would have routed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, QuerySet

from hark311.cases.models import Case, Dispute, Incident
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.catalog.queries import service_version
from hark311.domain import routing
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import DisputeState, Outcome
from hark311.privacy.text import mask_text

AT_MOST = 100
COUNTED = 1000
"""Beyond this many, a count says "more than"."""

# A picture that staff put there when they closed it is proof; what residents send is none.
_UNPROVED = """
SELECT picked.id, (
  SELECT c.number FROM cases_case c WHERE c.incident_id = picked.id ORDER BY c.id LIMIT 1
)
FROM unnest(%(queues)s::bigint[]) AS wanted (queue_id)
CROSS JOIN LATERAL (
  SELECT i.id, i.closed_at FROM cases_incident i
  WHERE i.queue_id = wanted.queue_id AND i.state = 'closed' AND i.merged_into_id IS NULL
    AND i.closed_at >= %(since)s AND i.outcome = %(fixed)s AND i.origin <> 'import'
    AND NOT EXISTS (
      SELECT 1 FROM cases_attachment a WHERE a.incident_id = i.id AND a.is_evidence
    )
  ORDER BY i.closed_at DESC, i.id DESC LIMIT %(most)s
) AS picked
ORDER BY picked.closed_at DESC, picked.id DESC LIMIT %(most)s
"""


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


@dataclass(frozen=True, slots=True)
class Unproved:
    """An incident that was closed as fixed without any proof of it."""

    incident_id: int
    number: str
    service: str
    place: str
    queue: str
    closed_at: datetime


def closed_without_proof(
    actor: Actor, names: Names, *, now: datetime, days: int = 30, at_most: int = AT_MOST
) -> tuple[Unproved, ...]:
    """What was closed as fixed in the actor's queues without a picture, the newest first.

    Of each queue no more than ``at_most`` are looked for, along its own index. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _UNPROVED,
            {
                "queues": sorted(actor.queues),
                "since": now - timedelta(days=days),
                "fixed": Outcome.FIXED.value,
                "most": at_most,
            },
        )
        numbers = dict(cursor.fetchall())
    rows = Incident.objects.filter(known_to(actor), pk__in=numbers).order_by("-closed_at", "-id")
    return tuple(
        Unproved(
            incident_id=row.pk,
            number=numbers[row.pk] or "",
            service=names.service(row.service_version_id),
            place=place_text(row, names.area_names(row.areas)),
            queue=names.queue(row.queue_id),
            closed_at=row.closed_at or now,
        )
        for row in rows
    )


def count_disputes(actor: Actor) -> int:
    """How many disputes wait in the actor's queues, up to one more than COUNTED."""
    return _disputes(actor)[: COUNTED + 1].count()


def open_disputes(
    actor: Actor, names: Names, *, now: datetime, at_most: int = AT_MOST
) -> tuple[OpenDispute, ...]:
    """Disputes that wait for an answer in the actor's queues, by the promised date."""
    rows = _disputes(actor).select_related("case__incident").order_by("answer_by", "id")[:at_most]
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


def _disputes(actor: Actor) -> QuerySet[Dispute]:
    return Dispute.objects.filter(
        known_to(actor, "case__incident__"),
        state=DisputeState.REQUESTED.value,
        case__incident__queue_id__in=actor.queues,
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
