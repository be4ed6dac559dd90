"""One process that starts the others, starts them again when they fall, and ends them with it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from hark311.platform import log
from hark311.platform.process import die_with_parent

LOOK_EVERY_S = 0.2
STOP_TIMEOUT_S = 10.0
_SHORTEST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_SETTLED_AFTER_S = 60.0

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running."""

    name: str
    command: tuple[str, ...]


@dataclass(slots=True)
class _Keeper:
    """One child's present process, and when it may be started again."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    started_at_s: float = 0.0
    not_before_s: float = 0.0
    pause_s: float = field(default=_SHORTEST_PAUSE_S)


def pause_after(pause_s: float, lived_s: float) -> float:
    """Return how long to wait before the next start: twice as long each time, unless it lived."""
    if lived_s >= _SETTLED_AFTER_S:
        return _SHORTEST_PAUSE_S
    return min(pause_s * 2, _LONGEST_PAUSE_S)


class Supervisor:
    """Keeps children running until it is told to stop.

    look: called between looks at the children, for whatever else must be kept up.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        environment: Mapping[str, str],
        look: Callable[[], None],
    ) -> None:
        self._keepers = [_Keeper(child) for child in children]
        self._environment = dict(environment)
        self._look = look
        self._stopping = threading.Event()

    def run(self) -> None:
        """Start the children and keep them until SIGTERM, SIGINT or SIGHUP; main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            while not self._stopping.is_set():
                self._look()
                for keeper in self._keepers:
                    self._keep(keeper)
                self._stopping.wait(LOOK_EVERY_S)
        finally:
            self._stop_all()

    def stop(self) -> None:
        """Let ``run`` end the children and return; may be called from any thread."""
        self._stopping.set()

    def process_ids(self) -> dict[str, int]:
        """Return the number of each child's process, by name."""
        return {k.child.name: k.process.pid for k in self._keepers if k.process is not None}

    def _on_signal(self, number: int, frame: object) -> None:
        self.stop()

    def _keep(self, keeper: _Keeper) -> None:
        now_s = time.monotonic()
        if keeper.process is not None and keeper.process.poll() is not None:
            lived_s = now_s - keeper.started_at_s
            status = keeper.process.returncode
            _log.warning("child_ended", child=keeper.child.name, status=status)
            keeper.not_before_s = now_s + keeper.pause_s
            keeper.pause_s = pause_after(keeper.pause_s, lived_s)
            keeper.process = None
        if keeper.process is None and now_s >= keeper.not_before_s:
            keeper.started_at_s = now_s
            keeper.process = self._start(keeper.child)

    def _start(self, child: Child) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            env=self._environment,
            # Ctrl-C reaches the supervisor alone, which ends the others in order.
            process_group=0,
            preexec_fn=partial(die_with_parent, parent_id=os.getpid()),
        )

    def _stop_all(self) -> None:
        running = [keeper.process for keeper in self._keepers if keeper.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_TIMEOUT_S
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
