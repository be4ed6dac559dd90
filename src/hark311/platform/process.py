"""Processes that must not outlive the one that started them."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the system end this process when its parent ends, even by kill -9. Linux only.

    Called by the child, or as ``preexec_fn`` between fork and exec.
    """
    if _libc is None:
        return
    _libc.prctl(_SET_PARENT_DEATH_SIGNAL, number, 0, 0, 0)
    if os.getppid() == 1 and os.environ.get("HARK311_SUPERVISED"):
        # The parent was gone before the wish could be made.
        os.kill(os.getpid(), number)
