"""The whole of it: started, killed in every part, started again, stopped."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from hark311.platform.postgres.server import peek


class Serving:
    """One ``hark311 serve`` on ports and in a folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_ports()
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [sys.executable, "-m", "hark311.commands.main", "serve", "--port", str(self.port)],
            env={**os.environ, "HARK311_DATA": str(self.data), "HARK311_WEB_WORKERS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd="/",
        )
        assert started.stdout is not None
        assert started.stdout.readline() == f"ready http://127.0.0.1:{self.port}\n"
        return started

    def start_again(self) -> None:
        self.process = self._start()

    def readiness(self) -> dict[str, bool] | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            found: dict[str, bool] = json.load(connection.getresponse())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return found

    def process_ids(self) -> set[int]:
        """Everything that runs for this folder or on these ports."""
        marks = (str(self.data).encode(), f"--port\0{self.port}".encode())
        marks += (f"--port\0{self.port + 1}".encode(),)
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes()
                around = (folder / "environ").read_bytes()
            except OSError:
                continue
            own = f"HARK311_DATA={self.data}\0".encode() in around
            if words and (own or any(mark in words for mark in marks)):
                found.add(int(folder.name))
        return found


def free_ports() -> int:
    """A port that is free now, as is the next one."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return int(port)


def eventually(holds: Callable[[], bool], *, within_s: float = 30) -> bool:
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def serving() -> Iterator[Serving]:
    folder = Path(tempfile.mkdtemp(prefix="hark311-tests-"))
    folder.chmod(0o711)
    started = Serving(folder)
    yield started
    started.process.terminate()
    started.process.wait(30)
    assert eventually(lambda: not started.process_ids())
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.demo
def test_whatever_is_killed_comes_back_without_loss_or_orphan(serving):
    ready = {"database": True, "migrations": True}
    assert serving.readiness() == ready
    roles = peek(serving.data)
    assert roles is not None
    with psycopg.connect(roles.owner) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    # The database falls.
    postmaster = serving.data / "postgres" / "cluster" / "postmaster.pid"
    number = int(postmaster.read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    assert eventually(lambda: serving.readiness() != ready or number_of(postmaster) != number)
    assert eventually(lambda: serving.readiness() == ready)
    roles = peek(serving.data)
    assert roles is not None
    with psycopg.connect(roles.owner) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)

    # The supervisor falls: nothing of it stays, and it starts again.
    serving.process.kill()
    serving.process.wait()
    assert eventually(lambda: not serving.process_ids())
    serving.start_again()
    assert serving.readiness() == ready

    # It stops when asked to.
    serving.process.send_signal(signal.SIGTERM)
    assert serving.process.wait(30) == 0
    assert eventually(lambda: not serving.process_ids(), within_s=2)


def number_of(path: Path) -> int | None:
    try:
        return int(path.read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return None
