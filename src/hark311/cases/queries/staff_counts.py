"""How much lies in the queues, and with whom: for planning, never for ranking."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from hark311.domain.actor import Actor

# Of each queue no more than so many are counted; beyond, a count says "at least".
COUNTED = 1000

_OF_QUEUES = """
SELECT wanted.queue_id, count(*),
  count(*) FILTER (WHERE i.due_at < %(now)s),
  count(*) FILTER (WHERE i.due_at >= %(now)s AND i.warn_at <= %(now)s),
  count(*) FILTER (WHERE i.assignee_id IS NULL),
  count(*) FILTER (WHERE i.state = 'received'),
  count(*) FILTER (WHERE i.asked_again > 0),
  count(*) < %(most)s
FROM unnest(%(queues)s::bigint[]) AS wanted (queue_id)
CROSS JOIN LATERAL (
  SELECT i.due_at, i.warn_at, i.assignee_id, i.state, i.asked_again FROM cases_incident i
  WHERE i.queue_id = wanted.queue_id AND NOT (i.state = 'closed') AND i.merged_into_id IS NULL
  ORDER BY COALESCE(i.due_at, '9999-12-31 00:00:00+00'::timestamptz), i.id LIMIT %(most)s
) AS i
GROUP BY wanted.queue_id
"""
_OF_PEOPLE = """
SELECT i.assignee_id, i.queue_id, count(*),
  count(*) FILTER (WHERE i.due_at < %(now)s),
  count(*) FILTER (WHERE i.due_at >= %(now)s AND i.due_at < %(until)s)
FROM cases_incident i
WHERE i.assignee_id = ANY(%(people)s::bigint[]) AND i.queue_id = ANY(%(queues)s::bigint[])
  AND NOT (i.state = 'closed') AND i.merged_into_id IS NULL
GROUP BY i.assignee_id, i.queue_id
"""


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How much lies in one queue. is_all: False if only the first COUNTED were looked at."""

    open: int
    late: int
    soon: int
    nobody: int
    new: int
    asked_again: int
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has before them in one queue."""

    account_id: int
    queue_id: int
    open: int
    late: int
    this_week: int


def queue_counts(actor: Actor, *, now: datetime) -> Mapping[int, QueueCount]:
    """What lies in each of the actor's queues, in one statement; empty ones are left out."""
    values: dict[str, Any] = {"queues": sorted(actor.queues), "now": now, "most": COUNTED}
    with connection.cursor() as cursor:
        cursor.execute(_OF_QUEUES, values)
        return {queue_id: QueueCount(*told) for queue_id, *told in cursor.fetchall()}


def workload(
    people: Collection[int], queue_ids: Collection[int], *, now: datetime, until: datetime
) -> tuple[Load, ...]:
    """What these people have in each of these queues; nothing is left out. One statement.

    until: the end of the week, in which ``this_week`` falls due.
    """
    values: dict[str, Any] = {
        "people": sorted(people),
        "queues": sorted(queue_ids),
        "now": now,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OF_PEOPLE, values)
        return tuple(Load(*row) for row in cursor.fetchall())
