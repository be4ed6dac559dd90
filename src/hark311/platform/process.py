"""Processes that must not outlive the one that started them."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: int = signal.SIGKILL, *, parent_id: int | None = None) -> None:
    """Have the system end this process when its parent ends, even by kill -9. Linux only.

    Called by the child itself, or between fork and exec. parent_id: who the parent was before
    the call; if it is gone already, this process ends at once.
    """
    if _libc is None:
        return
    _libc.prctl(_SET_PARENT_DEATH_SIGNAL, number, 0, 0, 0)
    if parent_id is not None and os.getppid() != parent_id:
        os.kill(os.getpid(), number)
