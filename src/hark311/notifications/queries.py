"""Reads what people were told, for staff: what arrived, what failed and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from hark311.notifications.models import Notice
from hark311.notifications.reasons import reason_words

# A notice that still waits after this long is stuck.
STUCK_AFTER = timedelta(minutes=30)
_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One message to one person. state: waiting, sent, failed or skipped.

    reason: why it was not sent or still waits, in the language that is active; "" if it was.
    """

    notice_id: int
    case_id: int
    kind: str
    channel: str
    language: str
    state: str
    reason: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None


def notices_of_cases(case_ids: Iterable[int]) -> tuple[NoticeLine, ...]:
    """Everything that was or will be sent about these cases, newest first; one statement."""
    rows = Notice.objects.filter(case__in=list(case_ids)).order_by("-created_at", "-id")
    return tuple(_line(row) for row in rows)


def failed_notices(incident_id: int) -> tuple[NoticeLine, ...]:
    """What did not reach people of this incident's cases, newest first, 10 at most."""
    rows = Notice.objects.filter(case__incident=incident_id, state="failed")
    return tuple(_line(row) for row in rows.order_by("-created_at", "-id")[:10])


def stuck_notices(
    jurisdiction_id: int, incident_queues: Iterable[int], *, now: datetime
) -> tuple[tuple[int, NoticeLine], ...]:
    """Messages that failed in the last 30 days or wait too long, with their incident's id.

    incident_queues: only about incidents in these queues. The newest 200; one statement.
    """
    waits_long = Q(state="waiting", created_at__lt=now - STUCK_AFTER)
    failed = Q(state="failed", created_at__gt=now - timedelta(days=30))
    rows = (
        Notice.objects.filter(waits_long | failed, jurisdiction_id=jurisdiction_id)
        .filter(case__incident__queue_id__in=list(incident_queues))
        .select_related("case")
        .order_by("-created_at", "-id")[:_AT_MOST]
    )
    return tuple((row.case.incident_id, _line(row)) for row in rows)


def _line(row: Notice) -> NoticeLine:
    return NoticeLine(
        notice_id=row.pk,
        case_id=row.case_id,
        kind=row.kind,
        channel=row.channel,
        language=row.language,
        state=row.state,
        reason=reason_words(row.reason),
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
