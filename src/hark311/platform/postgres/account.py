"""Which operating-system account the server runs under: PostgreSQL refuses to be root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hark311.platform.postgres.binaries import Binaries
from hark311.platform.trouble import Trouble

UNPRIVILEGED = ("hark311", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server's programs, who owns its files, and what goes before each command."""

    owner_id: int
    group_id: int
    prefix: tuple[str, ...] = ()
    drops_to: int | None = None

    def start(self, command: Sequence[str], *, log: Path | None = None) -> subprocess.Popen[bytes]:
        """Start ``command`` apart from our terminal and session; its words go to ``log``."""
        sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if log else None
        try:
            return subprocess.Popen(
                [*self.prefix, *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if sink is None else sink,
                stderr=subprocess.PIPE if sink is None else sink,
                start_new_session=True,
                cwd="/",
                user=self.drops_to,
                group=None if self.drops_to is None else self.group_id,
                extra_groups=None if self.drops_to is None else [],
            )
        finally:
            if sink is not None:
                os.close(sink)

    def can(self, command: Sequence[str]) -> bool:
        """Whether ``command`` works under this account."""
        try:
            started = self.start(command)
        except OSError:
            return False
        started.communicate()
        return started.returncode == 0

    def takes(self, folder: Path) -> None:
        """Give the folder and everything in it to this account."""
        if os.geteuid() != 0 or folder.stat().st_uid == self.owner_id:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.owner_id, self.group_id, follow_symlinks=False)


def account_for(binaries: Binaries, home: Path) -> Account | None:
    """Return the account that can both run the programs and reach ``home``; None if none can.

    An ordinary user runs the server itself. Root drops to an unprivileged account; where that
    one cannot pass a closed folder, root runs the server in a user namespace of its own.
    """
    if os.geteuid() != 0:
        return Account(owner_id=os.getuid(), group_id=os.getgid())
    for account in _candidates():
        if account.can([binaries / "postgres", "--version"]) and account.can(
            ["/usr/bin/test", "-x", str(home)]
        ):
            return account
    return None


def unprivileged() -> Account:
    """Return the account to which root drops. Raises Trouble if the system has none."""
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(owner_id=entry.pw_uid, group_id=entry.pw_gid, drops_to=entry.pw_uid)
    raise Trouble("the database must not run as root: add a system account named hark311")


def _candidates() -> Iterator[Account]:
    dropped = unprivileged()
    yield dropped
    unshare = shutil.which("unshare")
    if unshare:
        yield Account(
            owner_id=0,
            group_id=0,
            prefix=(unshare, "--user", f"--map-user={dropped.owner_id}", "--"),
        )
