"""The life of an incident, as one table: states, verbs and the arrows between them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hark311.domain.errors import IllegalTransition


class PublicStatus(StrEnum):
    """What the outside world is told: Open311 knows these two words only."""

    OPEN = "open"
    CLOSED = "closed"


class State(StrEnum):
    """Where an incident stands. Cities label these in their data; the values are fixed."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self is not State.CLOSED

    @property
    def public_status(self) -> PublicStatus:
        return PublicStatus.OPEN if self.is_open else PublicStatus.CLOSED


class WaitingFor(StrEnum):
    """Whom or what a waiting incident waits for. A question to a reporter is not one of these."""

    THIRD_PARTY = "third_party"
    SCHEDULE = "schedule"


class Verb(StrEnum):
    """What can be done to an incident that moves its state."""

    ACKNOWLEDGE = "acknowledge"
    START_WORK = "start_work"
    WAIT = "wait"
    RESUME = "resume"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"


_OPEN = tuple(state for state in State if state.is_open)

TRANSITIONS: Mapping[tuple[State, Verb], State] = MappingProxyType(
    {
        (State.RECEIVED, Verb.ACKNOWLEDGE): State.ACKNOWLEDGED,
        (State.RECEIVED, Verb.START_WORK): State.IN_PROGRESS,
        (State.ACKNOWLEDGED, Verb.START_WORK): State.IN_PROGRESS,
        (State.WAITING, Verb.RESUME): State.IN_PROGRESS,
        (State.CLOSED, Verb.REOPEN): State.IN_PROGRESS,
        # Any department may find that an incident is not theirs, must wait, or is done already.
        **{(state, Verb.TRANSFER): State.RECEIVED for state in _OPEN},
        **{(state, Verb.WAIT): State.WAITING for state in _OPEN},
        **{(state, Verb.CLOSE): State.CLOSED for state in _OPEN},
    }
)


def advance(state: State, verb: Verb) -> State:
    """Return the state that ``verb`` leads to.

    Raises IllegalTransition if the lifecycle has no such arrow.
    """
    if (state, verb) not in TRANSITIONS:
        raise IllegalTransition(state=state.value, verb=verb.value)
    return TRANSITIONS[state, verb]


def possible_verbs(state: State) -> tuple[Verb, ...]:
    """The verbs that have an arrow from ``state``, in the order of Verb."""
    return tuple(verb for verb in Verb if (state, verb) in TRANSITIONS)
