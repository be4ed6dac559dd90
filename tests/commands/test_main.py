"""The command says what is wrong in one line, and ends with 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def hark311(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does, from another folder."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HARK311_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "hark311.commands.main", *words],
        env=keep | environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("words", "environment", "line"),
    [
        pytest.param(
            ("doctor",),
            {"HARK311_PORT": "many"},
            "HARK311_PORT must be a whole number, not 'many'",
            id="a setting that cannot be read",
        ),
        pytest.param(
            ("migrate",),
            {"DATABASE_URL": "mysql://a/b"},
            "DATABASE_URL must begin with postgresql://",
            id="another database",
        ),
        pytest.param(
            ("migrate",),
            {"DATABASE_URL": "postgresql://a@%2Fnowhere/b"},
            "the database cannot be used:",
            id="a database that is not there",
        ),
        pytest.param(
            ("migrate", "--data", "/proc/none"),
            {},
            "the data folder /proc/none cannot be written",
            id="a folder that cannot be",
        ),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path, words, environment, line):
    ended = hark311(*words, **{"HARK311_DATA": str(tmp_path), **environment})

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"hark311: {line}")
    assert ended.stderr.count("\n") == 1


def test_an_unknown_verb_is_refused_with_the_ones_there_are():
    ended = hark311("frobnicate")

    assert ended.returncode == 2
    assert "migrate" in ended.stderr


def test_a_port_in_use_is_said(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = hark311("serve", "--port", str(port), "--data", str(tmp_path))

    assert ended.returncode == 2
    assert f"port {port} is in use" in ended.stderr


def test_doctor_lists_settings_without_secrets(tmp_path):
    ended = hark311("doctor", "--data", str(tmp_path), HARK311_SECRET_KEY="word", HARK311_PROT="1")

    assert "HARK311_SECRET_KEY = (hidden)  (environment)" in ended.stdout
    assert f"HARK311_DATA = {tmp_path}  (environment)" in ended.stdout
    assert "HARK311_PORT = 8311  (default)" in ended.stdout
    assert "WRONG HARK311_PROT is set, but nothing reads it" in ended.stdout
    assert ended.returncode == 1


def test_doctor_looks_into_the_database(tmp_path, worker_database):
    ended = hark311(
        "doctor", "--data", str(tmp_path), DATABASE_URL=worker_database.roles.application
    )

    assert "ok    the role is hark311_app" in ended.stdout
    assert "ok    the database is up to date" in ended.stdout
    assert ended.returncode == 0


def test_migrating_twice_changes_nothing(tmp_path, worker_database):
    roles = worker_database.roles
    where = {"DATABASE_URL": roles.application, "DATABASE_OWNER_URL": roles.owner}
    ended = hark311("migrate", "--data", str(tmp_path), **where)

    assert (ended.returncode, ended.stdout) == (0, "migrated: 0 applied\n")
    assert hark311("migrate", "--check", **where, HARK311_DATA=str(tmp_path)).returncode == 0


def test_a_real_place_refuses_to_be_a_demonstration(tmp_path, worker_database):
    ended = hark311(
        *("demo", "--port", "0", "--data", str(tmp_path)),
        DATABASE_URL=worker_database.roles.application,
    )

    assert ended.returncode == 2
    assert "not a demonstration's" in ended.stderr


def test_the_scripts_find_their_checkout_from_any_folder():
    root = Path(__file__).parents[2]
    for script in sorted((root / "script").iterdir()):
        assert os.access(script, os.X_OK), script
        assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
