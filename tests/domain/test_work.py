"""A work order goes step by step, and comes back only from failure."""

import pytest

from hark311.domain.errors import IllegalTransition
from hark311.domain.vocabulary import WorkOrderState
from hark311.domain.work import step, steps_from

ALLOWED = {
    ("ready", "sent"),
    ("ready", "cancelled"),
    ("sent", "done"),
    ("sent", "failed"),
    ("sent", "cancelled"),
    ("failed", "ready"),
    ("failed", "cancelled"),
}


@pytest.mark.parametrize("before", WorkOrderState)
@pytest.mark.parametrize("to", WorkOrderState)
def test_a_work_order_takes_these_steps_and_no_others(before, to):
    if (before.value, to.value) in ALLOWED:
        assert step(before, to) is to
    else:
        with pytest.raises(IllegalTransition):
            step(before, to)


@pytest.mark.parametrize("state", WorkOrderState)
def test_what_is_open_can_go_on_and_what_is_over_cannot(state):
    assert bool(steps_from(state)) == state.is_open
