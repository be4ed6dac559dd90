"""Which facts of an event a kind of reader may see; a fact not named here stays inside."""

from collections.abc import Mapping
from types import MappingProxyType

from hark311.domain.vocabulary import EventKind, Visibility

_FOR_ALL: Mapping[EventKind, frozenset[str]] = MappingProxyType(
    {
        EventKind.RECEIVED: frozenset({"service", "queue", "channel"}),
        EventKind.JOINED: frozenset({"queue"}),
        EventKind.ROUTED: frozenset({"queue"}),
        EventKind.TRANSFERRED: frozenset({"queue"}),
        EventKind.WAITED: frozenset({"waiting_for", "note", "expected_on"}),
        EventKind.NOTED: frozenset({"text", "translations"}),
        EventKind.EXPECTED_SET: frozenset({"expected_on", "before"}),
        EventKind.SERVICE_CHANGED: frozenset({"service", "before"}),
        EventKind.CLOSED: frozenset({"outcome", "detail", "text", "translations", "expected_on"}),
        EventKind.REOPENED: frozenset({"text", "translations"}),
        EventKind.WORK_ORDERED: frozenset({"kind"}),
        EventKind.WORK_CHANGED: frozenset({"kind", "state"}),
        EventKind.CLOCK_BREACHED: frozenset({"target"}),
    }
)
_FOR_THE_REPORTER: Mapping[EventKind, frozenset[str]] = MappingProxyType(
    {
        EventKind.ASKED: frozenset({"text", "due_at"}),
        EventKind.ANSWERED: frozenset({"text"}),
        EventKind.ADDED_TO: frozenset({"text"}),
        EventKind.RATED: frozenset({"stars", "is_fixed"}),
        EventKind.DISPUTED: frozenset({"text", "answer_by"}),
        EventKind.DISPUTE_UPHELD: frozenset({"text"}),
        EventKind.DISPUTE_DECLINED: frozenset({"text"}),
        EventKind.MERGED_FROM: frozenset({"text"}),
        EventKind.UNMERGED_BACK: frozenset({"text"}),
    }
)


def readable_by(audience: Visibility) -> frozenset[Visibility]:
    """The visibilities of events that this audience reads; staff read all."""
    if audience is Visibility.PUBLIC:
        return frozenset({Visibility.PUBLIC})
    if audience is Visibility.REPORTER:
        return frozenset({Visibility.PUBLIC, Visibility.REPORTER})
    return frozenset(Visibility)


def facts_for(
    audience: Visibility, kind: EventKind, facts: Mapping[str, object]
) -> Mapping[str, object]:
    """What of an event's facts the audience may see."""
    if audience is Visibility.STAFF:
        return dict(facts)
    allowed = _FOR_ALL.get(kind, frozenset())
    if audience is Visibility.REPORTER:
        allowed |= _FOR_THE_REPORTER.get(kind, frozenset())
    return {name: fact for name, fact in facts.items() if name in allowed}
