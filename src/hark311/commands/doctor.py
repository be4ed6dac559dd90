"""hark311 doctor: lists every setting with its source, and checks what must be right."""

import os
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from platform import python_version

from django.conf import settings
from django.db import connections
from django.db.utils import DatabaseError

from hark311.language.embedder import has_model
from hark311.platform import database
from hark311.platform.postgres.binaries import find_binaries
from hark311.platform.postgres.server import peek
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 doctor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is right, and a line that says what to do if not."""

    is_right: bool
    line: str


def add_arguments(parser: ArgumentParser) -> None:
    """Takes nothing beyond the data folder."""


def run(args: Namespace) -> int:
    """Print settings and findings; 1 if something is wrong. Starts and changes nothing."""
    for declaration in settings.DECLARATIONS:
        print(f"{declaration.variable} = {declaration.shown}  ({declaration.source})")
    findings = list(_findings())
    for finding in findings:
        print(f"{'ok   ' if finding.is_right else 'WRONG'} {finding.line}")
    return 0 if all(finding.is_right for finding in findings) else 1


def _findings() -> Iterator[Finding]:
    yield Finding(True, f"Python {python_version()}")
    for name in settings.UNKNOWN_VARIABLES:
        yield Finding(False, f"{name} is set, but nothing reads it: is it misspelt?")
    yield _folder()
    yield _understanding()
    if settings.DATABASE_URL:
        yield from _connected("DATABASE_URL")
        return
    yield _programs()
    roles = peek(settings.DATA)
    if roles is None:
        yield Finding(True, "the embedded database is not running now")
        return
    database.point_at(roles.application)
    yield from _connected("the embedded database")


def _folder() -> Finding:
    data = settings.DATA
    if not os.access(data, os.W_OK):
        return Finding(False, f"the data folder {data} cannot be written")
    free_gb = shutil.disk_usage(data).free / 1e9
    return Finding(free_gb > 1, f"the data folder {data} has {free_gb:.0f} GB free")


def _understanding() -> Finding:
    if not has_model():
        return Finding(
            True, "no language model for this machine: messages are read by words alone, weaker"
        )
    return Finding(True, "messages are read by meaning, in fourteen languages, on this machine")


def _programs() -> Finding:
    try:
        found = find_binaries()
    except Trouble as trouble:
        return Finding(False, trouble.line)
    return Finding(True, f"PostgreSQL {found.major} in {found.folder}")


def _connected(name: str) -> Iterator[Finding]:
    try:
        state = database.state()
    except DatabaseError as error:
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        yield Finding(False, f"{name} does not answer: {line}")
        return
    finally:
        connections.close_all()
    yield Finding(state.version >= 15, f"{name} is PostgreSQL {state.version} (15 or newer)")
    yield Finding(
        state.role == settings.DATABASE_APP_ROLE,
        f"the role is {state.role}; HARK311_DATABASE_APP_ROLE says {settings.DATABASE_APP_ROLE}",
    )
    missing = len(state.missing_migrations)
    line = "the database is up to date" if not missing else f"run hark311 migrate: {missing} to do"
    yield Finding(not missing, line)
