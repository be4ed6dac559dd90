"""A running PostgreSQL as its files and the process table show it, and how to stop it."""

import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

STOP_TIMEOUT_S = 60.0
SHORT_PREFIX = "/tmp/h311-"  # noqa: S108  # made by mkdtemp, private
_STEP_S = 0.02


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a server wrote about itself into its data folder."""

    process_id: int
    socket_folder: str
    is_ready: bool


def postmaster_of(cluster: Path) -> Postmaster | None:
    """Return the live server of the data folder, or None; a stale file counts as none."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit() or not _is_server(int(lines[0]), cluster):
        return None
    return Postmaster(
        process_id=int(lines[0]),
        socket_folder=lines[4] if len(lines) > 4 else "",
        is_ready=len(lines) > 7 and lines[7].startswith("ready"),
    )


def forget_stale(cluster: Path) -> None:
    """Remove what a killed server left, so that another process with its number is no hindrance.

    Only under the lock that starts and stops servers of this folder.
    """
    path = cluster / "postmaster.pid"
    if path.exists() and postmaster_of(cluster) is None:
        lines = path.read_text().splitlines()
        path.unlink()
        _remove_short(lines[4] if len(lines) > 4 else "")


def stop(cluster: Path) -> None:
    """Stop the folder's server, rolling back what is not committed, and wait until it is gone."""
    found = postmaster_of(cluster)
    if found is None:
        return
    _signal(found.process_id, signal.SIGINT)
    if not _gone(cluster, within_s=STOP_TIMEOUT_S):
        _signal(found.process_id, signal.SIGQUIT)
        _gone(cluster, within_s=STOP_TIMEOUT_S)
    _remove_short(found.socket_folder)


def _remove_short(socket_folder: str) -> None:
    """Remove the folder that stood in where the path beside the data was too long."""
    if socket_folder.startswith(SHORT_PREFIX):
        shutil.rmtree(socket_folder, ignore_errors=True)


def _gone(cluster: Path, *, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while postmaster_of(cluster) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP_S)
    return True


def _signal(process_id: int, number: signal.Signals) -> None:
    try:
        os.kill(process_id, number)
    except ProcessLookupError:
        return


def _is_server(process_id: int, cluster: Path) -> bool:
    """Process numbers are used again: only a PostgreSQL on this very folder counts."""
    table = Path("/proc")
    if (table / "self").exists():
        try:
            command = (table / str(process_id) / "cmdline").read_bytes()
        except OSError:
            return False
        return b"postgres" in command and os.fsencode(str(cluster)) in command
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
