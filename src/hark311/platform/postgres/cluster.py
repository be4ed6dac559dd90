"""The files, roles and addresses of one embedded database."""

import hashlib
import hmac
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from hark311.platform.postgres.account import Account
from hark311.platform.postgres.binaries import Binaries
from hark311.platform.postgres.process import SHORT_PREFIX
from hark311.platform.trouble import Trouble

DATABASE = "hark311"
SUPERUSER, OWNER, APPLICATION = "postgres", "hark311_owner", "hark311_app"
_LONGEST_SOCKET_PATH = 100
_CONFIGURATION = """\
# Written at each start.
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = '128MB'
log_checkpoints = off
timezone = 'UTC'
log_timezone = 'UTC'
"""


@dataclass(frozen=True, slots=True)
class Roles:
    """One address of the same database for each role."""

    superuser: str
    owner: str
    application: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where one server's files and programs are, and who runs them."""

    binaries: Binaries
    account: Account
    base: Path

    @property
    def cluster(self) -> Path:
        return self.base / "cluster"


def create(home: Path, site: Site) -> None:
    """Make the files of a new database, whole or not at all."""
    fresh = site.base / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    site.account.takes(fresh)
    with tempfile.TemporaryDirectory(prefix="hark311-") as folder:
        password = Path(folder) / "password"
        password.write_text(_password(home, SUPERUSER))
        for path in (password, Path(folder)):
            if os.geteuid() == 0:
                os.chown(path, site.account.owner_id, site.account.group_id)
        _initialise(site, fresh, password)
    with (fresh / "postgresql.conf").open("a") as configuration:
        configuration.write("include 'hark311.conf'\n")
    fresh.rename(site.cluster)


def _initialise(site: Site, cluster: Path, password: Path) -> None:
    provider = ["--locale-provider=builtin"] if site.binaries.major >= 17 else []
    started = site.account.start(
        [
            site.binaries / "initdb",
            f"--pgdata={cluster}",
            f"--username={SUPERUSER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *provider,
            "--locale=C.UTF-8",
        ]
    )
    _, said = started.communicate()
    if started.returncode != 0:
        last = (said.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise Trouble(f"the database cannot be created: {last}")


def configure(site: Site) -> None:
    folder = site.base / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > _LONGEST_SOCKET_PATH or "," in str(folder):
        folder = Path(tempfile.mkdtemp(dir="/", prefix=SHORT_PREFIX[1:]))
    folder.mkdir(mode=0o700, exist_ok=True)
    site.account.takes(folder)
    quoted = str(folder).replace("'", "''")
    path = site.cluster / "hark311.conf"
    path.write_text(_CONFIGURATION.format(socket_folder=quoted))
    site.account.takes(path)


def ensure_roles(addresses: Roles, home: Path) -> None:
    """Create the two roles and the database unless they are there."""
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        for role, extra in ((OWNER, sql.SQL("CREATEDB")), (APPLICATION, sql.SQL(""))):
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if found.fetchone() is None:
                create = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
                password = _password(home, role)
                connection.execute(create.format(sql.Identifier(role), extra, password))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            names = sql.Identifier(DATABASE), sql.Identifier(OWNER)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def addresses_of(home: Path, socket_folder: str, database: str) -> Roles:
    host = quote(socket_folder, safe="")

    def address(role: str) -> str:
        return f"postgresql://{role}:{_password(home, role)}@{host}/{database}"

    return Roles(address(SUPERUSER), address(OWNER), address(APPLICATION))


def _password(home: Path, role: str) -> str:
    path = home / "secret"
    if not path.exists():
        fresh = home / "secret.new"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        fresh.rename(path)
    return hmac.new(path.read_bytes(), role.encode(), hashlib.sha256).hexdigest()
