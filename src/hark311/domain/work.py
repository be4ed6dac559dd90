"""The machine of a work order, as one table: ready, sent, done; failed and tried again."""

from collections.abc import Mapping
from types import MappingProxyType

from hark311.domain.errors import IllegalTransition
from hark311.domain.vocabulary import WorkOrderState

_STEPS: Mapping[WorkOrderState, frozenset[WorkOrderState]] = MappingProxyType(
    {
        WorkOrderState.READY: frozenset({WorkOrderState.SENT, WorkOrderState.CANCELLED}),
        WorkOrderState.SENT: frozenset(
            {WorkOrderState.DONE, WorkOrderState.FAILED, WorkOrderState.CANCELLED}
        ),
        WorkOrderState.FAILED: frozenset({WorkOrderState.READY, WorkOrderState.CANCELLED}),
    }
)


def step(before: WorkOrderState, to: WorkOrderState) -> WorkOrderState:
    """Return ``to`` if a work order may go there; from failed back to ready is another try.

    Raises IllegalTransition.
    """
    if to not in steps_from(before):
        raise IllegalTransition(state=before.value, verb=to.value)
    return to


def steps_from(state: WorkOrderState) -> frozenset[WorkOrderState]:
    """Where a work order may go from here."""
    return _STEPS.get(state, frozenset())
