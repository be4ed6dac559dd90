"""One server a folder: created, shared, revived, and gone with its last user."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from hark311.platform.postgres import server as servers
from hark311.platform.postgres.binaries import all_binaries
from hark311.platform.postgres.process import postmaster_of
from hark311.platform.postgres.server import attach, peek
from hark311.platform.trouble import Trouble

_JOIN = """
import sys
from pathlib import Path
from hark311.platform.postgres.server import attach
share = attach(Path(sys.argv[1]))
print("joined", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder():
    """A data folder that any account can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="hark311-tests-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def ask(address: str, question: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def wait_until_gone(data: Path) -> bool:
    deadline = time.monotonic() + 20
    cluster = (data / "postgres" / "cluster").resolve()
    while postmaster_of(cluster) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("name", ["plain", "with space, comma and 'quote'", "n" * 120])
def test_a_server_starts_in_any_folder(folder, name):
    server = attach(folder / name)

    assert ask(server.roles.application, "SELECT current_user") == "hark311_app"
    server.leave()
    assert server.process_id is None


def test_a_server_starts_in_a_closed_folder(folder):
    folder.chmod(0o700)
    server = attach(folder / "data")

    assert ask(server.roles.owner, "SELECT current_user") == "hark311_owner"
    server.leave()


@pytest.mark.parametrize(
    "binaries", list(all_binaries()), ids=lambda found: f"PostgreSQL {found.major}"
)
def test_every_installed_version_serves(folder, monkeypatch, binaries):
    monkeypatch.setattr(servers, "find_binaries", lambda *, major=None: binaries)
    server = attach(folder)

    version = "SELECT current_setting('server_version_num')::int / 10000"
    assert ask(server.roles.application, version) == binaries.major
    assert ask(server.roles.application, "SHOW fsync") == "on"
    assert ask(server.roles.application, "SHOW lc_collate" if binaries.major < 16 else "SELECT 1")
    server.leave()


def test_the_server_listens_to_no_network(folder):
    server = attach(folder)

    assert ask(server.roles.superuser, "SHOW listen_addresses") == ""
    server.leave()


def test_a_wrong_password_is_refused(folder):
    server = attach(folder)
    wrong = server.roles.application.replace("hark311_app:", "hark311_app:0")

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(wrong)
    server.leave()


def test_two_processes_share_one_server_and_the_last_one_stops_it(folder):
    first = attach(folder)
    other = subprocess.Popen(
        [sys.executable, "-c", _JOIN, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "joined\n"
    number = first.process_id
    first.leave()

    assert first.process_id == number
    other.kill()
    other.communicate()
    assert wait_until_gone(folder)


def test_a_killed_server_comes_back_with_what_was_committed(folder):
    server = attach(folder)
    with psycopg.connect(server.roles.owner) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    number = server.process_id
    assert number is not None
    os.kill(number, signal.SIGKILL)
    assert wait_until_gone(folder)

    assert server.ensure_running() is True
    assert ask(server.roles.owner, "SELECT number FROM kept") == 7
    assert server.process_id != number
    server.leave()


def test_a_running_server_is_left_alone(folder):
    server = attach(folder)

    assert server.ensure_running() is False
    server.leave()


def test_the_file_of_a_dead_server_is_no_hindrance(folder):
    attach(folder).leave()
    stale = folder / "postgres" / "cluster" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n")

    server = attach(folder)
    assert ask(server.roles.application, "SELECT 1") == 1
    server.leave()


def test_data_of_another_major_version_stop_with_one_line(folder):
    attach(folder).leave()
    (folder / "postgres" / "cluster" / "PG_VERSION").write_text("11\n")

    with pytest.raises(Trouble, match="was made by PostgreSQL 11") as refused:
        attach(folder)
    assert "\n" not in refused.value.line


def test_a_look_at_a_folder_starts_nothing(folder):
    assert peek(folder) is None
    server = attach(folder)
    assert peek(folder) == server.roles
    server.leave()
    assert peek(folder) is None
