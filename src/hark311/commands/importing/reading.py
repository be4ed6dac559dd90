"""Reads an export as a stream of rows, after one look through the file for what breaks it.

Memory stays flat: nothing is kept but the row at hand.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hark311.commands.importing.profile import Profile
from hark311.platform.trouble import Trouble

LONGEST_LINE_BYTES = 1_000_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


@dataclass(frozen=True, slots=True)
class Export:
    """A file that can be read to its end."""

    path: Path
    delimiter: str
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line it begins on. values: by column, None if their number is wrong."""

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, str] | None


def check_export(path: Path, profile: Profile) -> Export:
    """Look through the whole file; nothing of it has been taken yet.

    Raises Trouble, in one line, for a file that is not there, is no text, is not UTF-8
    throughout, has another delimiter, lacks a column or leaves a quote open.
    """
    if not path.is_file():
        raise Trouble(f"{path} is not a file")
    _require_text(path)
    delimiter = "\t" if profile.delimiter == "tab" else str(profile.delimiter)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            heading = next(reader, [])
            columns = tuple(column_name(cell) for cell in heading)
            _require_columns(path, heading, columns, profile, delimiter)
            count = sum(1 for cells in reader if cells)
    except csv.Error as error:
        raise Trouble(f"{path}, line {reader.line_num}: not CSV: {error}") from None
    return Export(path, delimiter, tuple(heading), columns, count)


def rows_of(export: Export) -> Iterator[Row]:
    """Every row of a checked file in order; empty lines are none."""
    with export.path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=export.delimiter, strict=True)
        next(reader, None)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if cells:
                yield Row(line, tuple(cells), _values(export.columns, cells))


def column_name(cell: str) -> str:
    """A heading as profiles write it: ``Unique Key`` is ``unique_key``."""
    return "_".join(re.findall(r"[a-z0-9]+", cell.lower()))


def _values(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str] | None:
    return dict(zip(columns, cells, strict=True)) if len(cells) == len(columns) else None


def _require_text(path: Path) -> None:
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(LONGEST_LINE_BYTES + 1):
            number += 1
            if number == 1 and line.startswith(_UTF16_MARKS):
                raise Trouble(f"{path} is in UTF-16: save it as UTF-8")
            if b"\0" in line:
                raise Trouble(f"{path}, line {number}: this is no text file")
            if len(line) > LONGEST_LINE_BYTES:
                raise Trouble(f"{path}, line {number}: longer than 1 MB, so this is no CSV file")
            _require_utf8(path, number, line)
    if not number:
        raise Trouble(f"{path} is empty")


def _require_utf8(path: Path, number: int, line: bytes) -> None:
    try:
        line.decode()
    except UnicodeDecodeError:
        raise Trouble(f"{path}, line {number}: not UTF-8, as all lines must be") from None


def _require_columns(
    path: Path, heading: Sequence[str], columns: Sequence[str], profile: Profile, delimiter: str
) -> None:
    missing = [column for column in profile.columns.required if column not in columns]
    if missing:
        other = next(
            (mark for mark in _DELIMITERS if mark != delimiter and mark in heading[0]), None
        )
        if len(heading) == 1 and other:
            raise Trouble(
                f"{path}: separated by {_DELIMITERS[other]}, where the profile {profile.name} has "
                f"{_DELIMITERS[delimiter]}"
            )
        raise Trouble(f"{path}: these columns are missing: {', '.join(missing)}")
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise Trouble(f"{path}: these columns stand twice: {', '.join(twice)}")
