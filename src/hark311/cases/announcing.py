"""Names what changed for pages that are open: the queues and incidents that events are about."""

from collections.abc import Iterable

from django.db import connection

from hark311.domain.vocabulary import StreamKind

# An event that moves an incident to another queue repeats the column; the one that says where
# it stood before is the last event before it that wrote it.
_TOUCHED = """
SELECT event.stream_id, incident.queue_id,
  CASE WHEN body.payload -> 'rows' -> 'incident' -> event.stream_id::text ? 'queue_id' THEN (
    SELECT (earlier.payload -> 'rows' -> 'incident' -> event.stream_id::text ->> 'queue_id')::bigint
    FROM cases_event before JOIN cases_eventbody earlier ON earlier.event_id = before.id
    WHERE before.stream_kind = event.stream_kind AND before.stream_id = event.stream_id
      AND before.sequence < event.sequence
      AND earlier.payload -> 'rows' -> 'incident' -> event.stream_id::text ? 'queue_id'
    ORDER BY before.sequence DESC LIMIT 1
  ) END
FROM cases_event event
JOIN cases_incident incident ON incident.id = event.stream_id
LEFT JOIN cases_eventbody body ON body.event_id = event.id
WHERE event.id = ANY(%s) AND event.stream_kind = %s
"""


def queue_topic(queue_id: int) -> str:
    """What pages that list a queue listen to."""
    return f"queue:{queue_id}"


def incident_topic(incident_id: int) -> str:
    """What pages about one incident listen to."""
    return f"incident:{incident_id}"


def topics_of_events(event_ids: Iterable[int]) -> frozenset[str]:
    """What these events touch: each incident, its queue, and the queue that it left."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [list(event_ids), StreamKind.INCIDENT.value])
        rows = cursor.fetchall()
    queues = {pk for _incident, *both in rows for pk in both if pk is not None}
    return frozenset(
        [*map(queue_topic, queues), *(incident_topic(incident) for incident, *_both in rows)]
    )
