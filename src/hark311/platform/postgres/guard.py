"""Stops the server when nobody uses it any more, also when its users were killed.

Each user holds a shared lock on a file; this process waits for the exclusive one. It
runs beside the server as ``python -m hark311.platform.postgres.guard HOME CLUSTER``.
"""

import fcntl
import signal
import subprocess
import sys
from pathlib import Path

from hark311.platform.postgres.process import stop

USERS = "users.lock"
GUARD = "guard.lock"


def ensure_guard(home: Path, cluster: Path) -> None:
    """Start a guard for the server of ``cluster`` unless one is there."""
    with (home / GUARD).open("a") as post:
        try:
            fcntl.flock(post, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    subprocess.Popen(
        [sys.executable, "-m", "hark311.platform.postgres.guard", str(home), str(cluster)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def watch(home: Path, cluster: Path) -> None:
    """Wait until no user is left, stop the server, and go."""
    # The post, opened last, is closed first: when users may come back, they find no guard.
    with (home / USERS).open("a") as users, (home / GUARD).open("a") as post:
        try:
            fcntl.flock(post, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(cluster)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watch(Path(sys.argv[1]), Path(sys.argv[2]))
