"""What can be done now, in the order in which the state of an incident calls for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hark311.access.policy import may
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.deeds.base import Deed
from hark311.console.deeds.registry import DEEDS
from hark311.console.desk import Desk
from hark311.domain.lifecycle import State

# The first that is allowed is the main one; the others stand beside it, the rest under "More".
_FIRST: Mapping[State, Sequence[str]] = MappingProxyType(
    {
        State.RECEIVED: ("acknowledge", "close", "ask", "transfer", "assign", "note"),
        State.ACKNOWLEDGED: ("start", "close", "ask", "transfer", "order", "note"),
        State.IN_PROGRESS: ("close", "news", "ask", "expected", "wait", "order", "note"),
        State.WAITING: ("resume", "news", "expected", "ask", "close", "note"),
        State.CLOSED: ("uphold", "decline", "reopen", "note", "proof"),
    }
)
_GROUPS = ("next", "tell", "work", "correct", "join")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers. main: the one that stands out, None if nothing may be done.

    beside: next to it, in order. more: the rest, by group, only groups that hold any.
    codes: of all of them. asks_proof: it may be closed now, and closing needs proof.
    """

    main: Deed | None
    beside: tuple[Deed, ...]
    more: Mapping[str, tuple[Deed, ...]]

    codes: frozenset[str]
    asks_proof: bool


def offer_of(incident: StaffIncident, desk: Desk) -> Offer:
    """What makes sense now and is allowed to the reader."""
    allowed = {deed.code: deed for deed in DEEDS.values() if _fits(deed, incident, desk)}
    codes = frozenset(allowed)
    first = [allowed.pop(code) for code in _FIRST[incident.state] if code in allowed]
    more = {
        group: tuple(deed for deed in allowed.values() if deed.group == group) for group in _GROUPS
    }
    return Offer(
        main=first[0] if first else None,
        beside=tuple(first[1:]),
        more={group: deeds for group, deeds in more.items() if deeds},
        codes=codes,
        asks_proof="close" in codes and bool(incident.service.evidence),
    )


def is_allowed(deed: Deed, incident: StaffIncident, desk: Desk) -> bool:
    """True if the reader's role allows this deed in this queue, or by a work order."""
    return may(
        desk.actor,
        deed.permission,
        queue_id=incident.queue_id,
        work_departments=incident.departments_at_work,
    )


def _fits(deed: Deed, incident: StaffIncident, desk: Desk) -> bool:
    return deed.fits(incident) and is_allowed(deed, incident, desk)
