"""Reads what happened to a case, in order: its own events and its incidents' while it belonged."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hark311.cases.bodies import with_facts
from hark311.cases.models import Event, Membership
from hark311.domain.vocabulary import EventKind, StreamKind, Visibility
from hark311.privacy.timeline import facts_for, readable_by

# A move of a case stands on both streams; whose case it is reads one half of it.
_OTHER_HALVES = (EventKind.UNMERGED_OUT.value, EventKind.SPLIT_FROM.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as its reader may see it; only staff learn which account acted."""

    event_id: int
    sequence: int
    kind: EventKind
    at: datetime
    facts: Mapping[str, object]
    visibility: Visibility
    actor_kind: str
    actor_account_id: int | None
    case_id: int | None


def case_timeline(case_id: int, audience: Visibility) -> tuple[Entry, ...]:
    """What the audience may see of a case's history, oldest first. Two statements.

    Of a move between incidents it tells the case's own half only: not that "others" joined it.

    Where a redaction erased what an event said, one more statement reads what it restated.
    """
    belongs = Q(pk__in=[])
    for incident_id, start, end in Membership.objects.filter(case_id=case_id).values_list(
        "incident_id", "from_at", "to_at"
    ):
        during = Q(stream_id=incident_id, at__gte=start)
        during &= Q(at__lte=end) if end else Q()
        belongs |= during & ~Q(kind=EventKind.MERGED_FROM.value, at=start)
    events = (
        Event.objects.filter(stream_kind=StreamKind.INCIDENT)
        .filter(belongs)
        .filter(Q(case_id__isnull=True) | Q(case_id=case_id))
        .filter(visibility__in=readable_by(audience))
        .exclude(kind__in=_OTHER_HALVES)
        .select_related("body")
        .order_by("at", "id")
    )
    return _entries(events, audience)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some of what happened, newest first. next_before: the older ones begin before it."""

    entries: tuple[Entry, ...]
    next_before: int | None
    is_first: bool


def incident_timeline(
    incident_id: int,
    *,
    before: int | None = None,
    visibilities: Collection[Visibility] = tuple(Visibility),
    size: int = 25,
) -> TimelinePage:
    """The newest events of an incident and its cases before a sequence: for staff only."""
    events = _incident_events(incident_id).filter(
        visibility__in=[one.value for one in visibilities]
    )
    if before is not None:
        events = events.filter(sequence__lt=before)
    found = _entries(events.order_by("-sequence")[: size + 1], Visibility.STAFF)
    return TimelinePage(
        entries=found[:size],
        next_before=found[size - 1].sequence if len(found) > size else None,
        is_first=before is None,
    )


def incident_since(
    incident_id: int, sequence: int, *, audience: Visibility, at_most: int = 25
) -> tuple[Entry, ...]:
    """What happened to an incident after a sequence as the audience may see it, newest first."""
    events = _incident_events(incident_id).filter(
        sequence__gt=sequence, visibility__in=readable_by(audience)
    )
    return _entries(events.order_by("-sequence")[:at_most], audience)


def dates_named(incident_id: int) -> tuple[Entry, ...]:
    """The events of an incident in which its department named a day, oldest first."""
    kinds = [EventKind.EXPECTED_SET.value, EventKind.WAITED.value]
    events = _incident_events(incident_id).filter(kind__in=kinds)
    return _entries(events.order_by("sequence"), Visibility.PUBLIC)


def _incident_events(incident_id: int) -> QuerySet[Event]:
    return Event.objects.filter(
        stream_kind=StreamKind.INCIDENT, stream_id=incident_id
    ).select_related("body")


def _entries(events: Iterable[Event], audience: Visibility) -> tuple[Entry, ...]:
    return tuple(_entry(event, facts, audience) for event, facts in with_facts(events))


def _entry(event: Event, facts: Mapping[str, object], audience: Visibility) -> Entry:
    kind = EventKind(event.kind)
    is_staff = audience is Visibility.STAFF
    return Entry(
        event_id=event.pk,
        sequence=event.sequence,
        kind=kind,
        at=event.at,
        facts=facts_for(audience, kind, facts),
        visibility=Visibility(event.visibility),
        actor_kind=event.actor_kind,
        actor_account_id=event.actor_account_id if is_staff else None,
        case_id=event.case_id,
    )
