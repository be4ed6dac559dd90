"""What a sweep does with a clock: warn once, breach once, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from hark311.domain.clocks import ClockState, next_step

WARN = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 6, 1, 17, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("warned_at", "breached_at", "now", "step"),
    [
        pytest.param(None, None, WARN - SECOND, None, id="early"),
        pytest.param(None, None, WARN, "warn", id="time to warn"),
        pytest.param(WARN, None, WARN + SECOND, None, id="warned already"),
        pytest.param(WARN, None, DUE, None, id="the due instant itself is in time"),
        pytest.param(WARN, None, DUE + SECOND, "breach", id="broken"),
        pytest.param(None, None, DUE + SECOND, "breach", id="broken and never warned"),
        pytest.param(WARN, DUE, DUE + SECOND, None, id="breached already"),
        pytest.param(None, DUE, DUE + SECOND, None, id="no warning after a breach"),
    ],
)
def test_each_step_is_called_for_once(warned_at, breached_at, now, step):
    assert next_step(DUE, WARN, warned_at, breached_at, now) == step


def test_only_running_and_paused_clocks_are_live():
    assert {state for state in ClockState if state.is_live} == {"running", "paused"}
