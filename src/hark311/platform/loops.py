"""Work that is done again and again beside the jobs: the sequencer, sweeps, housekeeping."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections, connection

from hark311.platform import log

LONGEST_PAUSE_S = 30.0

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Loop:
    """A function to call every ``interval_s``, and at once again while it finds work.

    It returns how much it did. Several processes may run it at the same time.
    """

    name: str
    interval_s: float
    function: Callable[[], int]


def run_loops(loops: Sequence[Loop], stopping: threading.Event) -> list[threading.Thread]:
    """Start a thread for each loop, all of which end soon after ``stopping`` is set."""
    threads = [
        threading.Thread(target=repeat, args=(loop, stopping), name=loop.name, daemon=True)
        for loop in loops
    ]
    for thread in threads:
        thread.start()
    return threads


def repeat(loop: Loop, stopping: threading.Event) -> None:
    """Call one loop's function until ``stopping`` is set; what it raises is logged, not fatal."""
    failures = 0
    while not stopping.is_set():
        done = _once(loop)
        failures = failures + 1 if done is None else 0
        if done:
            continue
        stopping.wait(min(loop.interval_s * 2 ** min(failures, 10), _longest(loop)))
    connection.close()


def _once(loop: Loop) -> int | None:
    """Return what the function did; None if it failed."""
    close_old_connections()
    try:
        return loop.function()
    except Exception:  # noqa: BLE001  # a loop outlives whatever goes wrong in one turn
        _log.error("loop_failed", loop=loop.name, exc_info=True)
        connection.close()
        return None


def _longest(loop: Loop) -> float:
    return max(loop.interval_s, LONGEST_PAUSE_S)
