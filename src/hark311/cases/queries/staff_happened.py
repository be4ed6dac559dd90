"""What happened to an incident since somebody looked at it last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hark311.cases.models import Event
from hark311.domain.vocabulary import EventKind, StreamKind


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: what, by whose account, and its facts; None once they were erased."""

    kind: EventKind
    account_id: int | None
    facts: Mapping[str, Any] | None


def happened_since(incident_id: int, seen: int) -> tuple[Happened, ...]:
    """The events of an incident after a sequence, oldest first. One statement."""
    rows = (
        Event.objects.filter(
            stream_kind=StreamKind.INCIDENT.value, stream_id=incident_id, sequence__gt=seen
        )
        .order_by("sequence")
        .values_list("kind", "actor_account_id", "body__payload__facts")
    )
    return tuple(Happened(EventKind(kind), account, facts) for kind, account, facts in rows)
