"""What is known of a simulated city and stands in none of its tables: which cases are the same."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

from hark311.commands.simulating.steps import Life


class TruthFile:
    """Takes lines of truth; None as the path lets them go."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> "TruthFile":
        self._file = self._path.open("w", encoding="utf-8") if self._path else None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, line: str) -> None:
        if self._file is not None:
            self._file.write(f"{line}\n")


def truth_of(life: Life, numbers: Mapping[str, str]) -> Iterator[str]:
    """A line of JSON on the true thing behind the cases, if any of them was reported by then.

    numbers: of cases, by the key of their report.
    """
    cases = [numbers[report.key] for report in life.reports if report.key in numbers]
    if cases:
        place = life.reports[0].place
        yield json.dumps(
            {
                "thing": life.key,
                "is_real": life.is_real,
                "service": life.service.code,
                "lon": place.point.lon,
                "lat": place.point.lat,
                "cases": cases,
            }
        )
