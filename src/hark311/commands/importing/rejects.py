"""Writes refused rows as they stood, with line and reason, so that they can be mended."""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from hark311.commands.importing.export import Row


class Rejects:
    """A file that comes into being with its first row; an older one of the name goes first."""

    def __init__(self, path: Path, heading: Sequence[str], delimiter: str) -> None:
        self.path, self._heading, self._delimiter = path, heading, delimiter
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row, reason: str) -> None:
        """Keep a row; its file is readable by this account only, since rows hold what they hold."""
        if self._file is None:
            self.path.touch(mode=0o600)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file, delimiter=self._delimiter)
            self._writer.writerow(["line", "reason", *self._heading])
        self._writer.writerow([row.line, reason, *row.cells])
