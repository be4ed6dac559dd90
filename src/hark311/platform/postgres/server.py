"""One embedded server per data folder, shared by all processes that name the folder.

    DATA/postgres/cluster     the database's files; never touched by hand
    DATA/postgres/run         its socket (a short folder under /tmp where the path is too long)
    DATA/postgres/secret      what the passwords of the roles are made from
    DATA/postgres/*.lock      who uses, guards, and starts or stops the server

The server listens on its socket only. Whoever uses it holds a shared lock; the last to
leave stops it, and a guard does so for those who were killed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from hark311.platform import log
from hark311.platform.postgres import process
from hark311.platform.postgres.account import account_for, unprivileged
from hark311.platform.postgres.binaries import Binaries, find_binaries
from hark311.platform.postgres.cluster import (
    DATABASE,
    Roles,
    Site,
    addresses_of,
    configure,
    create,
    ensure_roles,
)
from hark311.platform.postgres.guard import USERS, ensure_guard
from hark311.platform.trouble import Trouble

START_TIMEOUT_S = 60.0
_STEP_S = 0.02
_log = log.get(__name__)
_APART = Path("/var/lib/hark311")


class Server:
    """This process's share in the server of a data folder, for as long as it is kept.

    Made by ``attach``; a share that nobody refers to any more is given up.
    """

    def __init__(self, home: Path, site: Site, users: IO[str]) -> None:
        self._home, self._site, self._users = home, site, users
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The number of the server's process; None while it is down."""
        found = process.postmaster_of(self._site.cluster)
        return found.process_id if found else None

    @property
    def roles(self) -> Roles:
        """Raises Trouble while the server is down."""
        return self.roles_of(DATABASE)

    def roles_of(self, database: str) -> Roles:
        """The addresses of another database of this server, for tests and restores."""
        found = process.postmaster_of(self._site.cluster)
        if found is None:
            raise Trouble("the database is not running")
        return addresses_of(self._home, found.socket_folder, database)

    @property
    def programs(self) -> Binaries:
        """psql, pg_dump, pgbench and the rest, of the server's own version."""
        return self._site.binaries

    def ensure_running(self) -> bool:
        """Start the server if it is down, as after a crash; whether that was needed."""
        with _starting(self._home):
            if self._child is not None:
                self._child.poll()
            found = process.postmaster_of(self._site.cluster)
            if found is not None and found.is_ready:
                return False
            self._start()
            ensure_guard(self._home, self._site.cluster)
            return True

    def ensure_running_soon(self) -> None:
        """For the supervisor's look: start a fallen server, and try again later if it will not."""
        found = process.postmaster_of(self._site.cluster)
        if found is not None:
            return
        try:
            self.ensure_running()
        except (Trouble, psycopg.OperationalError):
            _log.error("database_does_not_start")

    def leave(self) -> None:
        """Give up this process's share; the last to leave stops the server and waits for it."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait_for_guard()
        else:
            process.stop(self._site.cluster)
        self._users.close()
        if self._child is not None:
            self._child.poll()

    def _wait_for_guard(self) -> None:
        """Someone holds the lock: other users share it, the guard holds it while it stops."""
        deadline = time.monotonic() + process.STOP_TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                fcntl.flock(self._users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_STEP_S)
            else:
                return

    def _start(self) -> None:
        cluster = self._site.cluster
        if not cluster.exists():
            create(self._home, self._site)
        process.forget_stale(cluster)
        self._site.account.takes(cluster)
        configure(self._site)
        log = self._site.base / "log"
        log.write_bytes(b"")
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._started_before(deadline, log):
            # Right after a crash the dead server's last processes may still hold its memory.
            if time.monotonic() > deadline or "shared memory" not in log.read_text():
                raise Trouble(f"the database does not start: {_last_line(log)}")
            time.sleep(_STEP_S * 10)
        found = process.postmaster_of(cluster)
        if found is not None:
            ensure_roles(addresses_of(self._home, found.socket_folder, "postgres"), self._home)

    def _started_before(self, deadline: float, log: Path) -> bool:
        """Start once; false when the server gives up or is not ready in time."""
        site = self._site
        self._child = site.account.start(
            [site.binaries / "postgres", "-D", str(site.cluster)], log=log
        )
        while time.monotonic() < deadline:
            if self._child.poll() is not None:
                return False
            found = process.postmaster_of(site.cluster)
            if found is not None and found.is_ready:
                return True
            time.sleep(_STEP_S)
        return False


def attach(data: Path) -> Server:
    """Join the server of the data folder, starting or creating it where needed.

    Blocks while another process starts or stops it. Raises Trouble with what to do.
    """
    home = data.resolve() / "postgres"
    home.mkdir(parents=True, exist_ok=True)
    users = (home / USERS).open("a")
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        with _starting(home):
            site = _site(home)
        server = Server(home, site, users)
        if not server.ensure_running():
            ensure_guard(home, site.cluster)
    except BaseException:
        users.close()
        raise
    return server


def peek(data: Path) -> Roles | None:
    """Return the addresses of the folder's server if it runs now, without starting it."""
    home = data.resolve() / "postgres"
    found = process.postmaster_of((home / "cluster").resolve())
    if found is None or not (home / "secret").exists():
        return None
    return addresses_of(home, found.socket_folder, DATABASE)


def _site(home: Path) -> Site:
    """Choose programs and account. Raises Trouble if the data are of another major version."""
    base = (home / "cluster").resolve().parent
    binaries = _binaries_for(base / "cluster")
    account = account_for(binaries, base)
    if account is None:
        account = unprivileged()
        binaries, base = _apart(home, binaries)
    return Site(binaries, account, base)


def _binaries_for(cluster: Path) -> Binaries:
    version = cluster / "PG_VERSION"
    if not version.exists():
        return find_binaries()
    major = int(version.read_text())
    try:
        return find_binaries(major=major)
    except Trouble:
        have = find_binaries().major
        raise Trouble(
            f"{cluster} was made by PostgreSQL {major}, and PostgreSQL {have} is here:"
            " take a backup with the old version and restore it with the new one"
        ) from None


def _apart(home: Path, binaries: Binaries) -> tuple[Binaries, Path]:
    """Keep programs and data where the unprivileged account can reach them."""
    package = binaries.folder.parents[1]
    programs = _APART / f"programs-{binaries.major}"
    folder = programs / binaries.folder.relative_to(package.parent)
    if not folder.exists():
        for part in (package, package.parent / f"{package.name}.libs"):
            if part.exists():
                shutil.copytree(part, programs / part.name, dirs_exist_ok=True)
    base = _APART / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    base.mkdir(parents=True, exist_ok=True)
    if not (home / "cluster").exists():
        (home / "cluster").unlink(missing_ok=True)
        (home / "cluster").symlink_to(base / "cluster")
        _log.warning("database_kept_apart", folder=str(base))
    return Binaries(folder, binaries.major), base


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


@contextmanager
def _starting(home: Path) -> Iterator[None]:
    """Only one process at a time may start the folder's server."""
    with (home / "start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
