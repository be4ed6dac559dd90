"""One real PostgreSQL for all tests, one database a worker, seen as the application role."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from hark311.platform import clock, database
from hark311.platform.postgres.cluster import OWNER, Roles
from hark311.platform.postgres.server import Server, attach

TEMPLATE = "hark311_template"
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FOLDER = "PYTEST_HARK311_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder that all workers share."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="hark311-tests-"))
        folder.chmod(0o711)
        os.environ[_FOLDER] = str(folder)
        os.environ["HARK311_SECRET_KEY"] = "only for tests"
    settings.DATA = Path(os.environ[_FOLDER]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    settings.DATA.mkdir(exist_ok=True)
    settings.MEDIA_ROOT, settings.STATIC_ROOT = settings.DATA / "media", settings.DATA / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.SECRET_KEY = os.environ["HARK311_SECRET_KEY"]


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need what is not here skip, and say by name what they miss."""
    missing = {
        "browser": None if CHROMIUM else "no Chromium is installed",
        "shared": None
        if SHARED.is_dir()
        else "the folder with real data is not beside the checkout",
    }
    for item in items:
        for marker, reason in missing.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{item.name}: {reason}"))


class WorkerDatabase:
    """This worker's own copy of the migrated template."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self._name = server, name

    @property
    def roles(self) -> Roles:
        return self._server.roles_of(self._name)

    def make_anew(self) -> None:
        """Replace the database by a fresh copy; sooner and surer than emptying its tables."""
        connections["default"].close()
        names = [sql.Identifier(name) for name in (self._name, TEMPLATE, OWNER)]
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0])
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names)
        with psycopg.connect(self._server.roles.superuser, autocommit=True) as connection:
            connection.execute(drop)
            connection.execute(create)


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """The server of this test run; the last worker to leave stops it."""
    server = attach(Path(os.environ[_FOLDER]))
    yield server
    server.leave()


@pytest.fixture(scope="session")
def worker_database(database_server: Server) -> WorkerDatabase:
    _make_template(database_server)
    name = f"hark311_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    copy = WorkerDatabase(database_server, name)
    copy.make_anew()
    return copy


@pytest.fixture(scope="session")
def django_db_setup(worker_database, django_db_blocker) -> Iterator[None]:
    """Tests reach the database as the application does: without the rights of the owner."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        database.point_at(worker_database.roles.application)
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _case: worker_database.make_anew()
        )
        yield
        connections.close_all()


@pytest.fixture
def owner_connection(db, worker_database) -> Iterator[psycopg.Connection]:
    """A connection as the role that owns the tables; what it commits stays: mind that."""
    with psycopg.connect(worker_database.roles.owner, autocommit=True) as connection:
        yield connection


@pytest.fixture
def frozen_clock() -> Iterator[clock.HeldClock]:
    """The clock stands at noon UTC on 1 June 2026 until the test moves it."""
    with clock.held(NOON) as held:
        yield held


def _make_template(server: Server) -> None:
    """Migrate one database as its owner, by the command that does it everywhere else."""
    with (Path(os.environ[_FOLDER]) / "template.lock").open("a") as lock:
        flock(lock, LOCK_EX)
        name = sql.Identifier(TEMPLATE)
        with psycopg.connect(server.roles.owner, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [TEMPLATE]).fetchone():
                return
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        roles = server.roles_of(TEMPLATE)
        subprocess.run(
            [sys.executable, "-m", "hark311.commands.main", "migrate"],
            env={
                **os.environ,
                "DATABASE_URL": roles.application,
                "DATABASE_OWNER_URL": roles.owner,
                "HARK311_DATA": os.environ[_FOLDER],
            },
            check=True,
            stdout=subprocess.DEVNULL,
        )
