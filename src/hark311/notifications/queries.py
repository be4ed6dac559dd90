"""Reads what people were told, for staff: what arrived, what failed and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class StuckNotice:
    """A message that did not arrive, and the case that it is about. can_retry: it has failed."""

    line: NoticeLine
    incident_id: int
    number: str

    @property
    def can_retry(self) -> bool:
        return self.line.state == "failed"


def stuck_notices(
    jurisdiction_id: int,
    incident_queues: Iterable[int],
    *,
    now: datetime,
    at_most: int = _AT_MOST,
) -> tuple[StuckNotice, ...]:
    """Messages that failed in the last 30 days or wait too long, the newest first.

    incident_queues: only about incidents in these queues. One statement.
    """
    rows = _stuck(jurisdiction_id, incident_queues, now).select_related("case")
    return tuple(
        StuckNotice(_line(row), row.case.incident_id, row.case.number)
        for row in rows.order_by("-created_at", "-id")[:at_most]
    )


def count_stuck(jurisdiction_id: int, incident_queues: Iterable[int], *, now: datetime) -> int:
    """How many messages are stuck, up to 200; one statement."""
    return _stuck(jurisdiction_id, incident_queues, now).order_by()[:_AT_MOST].count()


def _stuck(jurisdiction_id: int, incident_queues: Iterable[int], now: datetime) -> QuerySet[Notice]:
    waits_long = Q(state="waiting", created_at__lt=now - STUCK_AFTER)
    failed = Q(state="failed", created_at__gt=now - timedelta(days=30))
    return Notice.objects.filter(waits_long | failed, jurisdiction_id=jurisdiction_id).filter(
        case__incident__queue_id__in=list(incident_queues)
    )


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
