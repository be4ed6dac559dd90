"""Lists in what two systems differ while both are in use, case by case."""

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_HEADING = ("line", "number", "foreign_number", "what", "here", "there", "taken")


class Differences:
    """A list that is written anew with each run; it names cases and says nothing of people."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self._writer: Any = None

    def __enter__(self) -> Self:
        self.path.touch(mode=0o600)
        self._file = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(_HEADING)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(
        self,
        line: int,
        number: str,
        foreign_number: str,
        what: str,
        here: str,
        there: str,
        *,
        taken: bool,
    ) -> None:
        """One difference. taken: what the other system says stands here from now on."""
        self.counts[what] += 1
        taken_word = "yes" if taken else "no"
        self._writer.writerow([line, number, foreign_number, what, here, there, taken_word])
