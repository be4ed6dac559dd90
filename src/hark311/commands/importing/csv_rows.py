"""Reads exports in CSV: one look through the whole file, then row by row."""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hark311.commands.importing.export import Export, Row, named_columns, require_columns
from hark311.commands.importing.first_look import require_csv
from hark311.commands.importing.profile import Encoding, Profile
from hark311.platform.trouble import Trouble

LONGEST_LINE_BYTES = 1_000_000
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def check(path: Path, profile: Profile) -> Export:
    """Look through a CSV file. Raises Trouble."""
    require_csv(path, profile)
    require_text(path, profile.encoding)
    delimiter = delimiter_of(profile)
    try:
        with path.open(encoding=_encoding(profile), newline="") as lines:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            heading = next(reader, [])
            if not any(cell.strip() for cell in heading):
                raise Trouble(f"{path} holds no heading in its first line")
            columns = named_columns(heading, profile)
            _require_delimiter(path, heading, profile, delimiter)
            require_columns(path, columns, profile)
            _require_once(path, columns)
            count = sum(1 for cells in reader if cells)
    except csv.Error as error:
        raise Trouble(f"{path}, line {reader.line_num}: not CSV: {error}") from None
    if not count:
        raise Trouble(f"{path} holds a heading and no rows")
    return Export(path, profile, tuple(heading), columns, count)


def read(export: Export) -> Iterator[Row]:
    """The rows of a checked file."""
    with export.path.open(encoding=_encoding(export.profile), newline="") as lines:
        reader = csv.reader(lines, delimiter=delimiter_of(export.profile), strict=True)
        next(reader, None)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if cells:
                yield Row(line, tuple(cells), _values(export.columns, cells))


def delimiter_of(profile: Profile) -> str:
    return "\t" if profile.delimiter == "tab" else str(profile.delimiter)


def require_text(path: Path, encoding: Encoding) -> None:
    """Raises Trouble unless every line is text of this encoding, of a length that lines have."""
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(LONGEST_LINE_BYTES + 1):
            number += 1
            if b"\0" in line:
                raise Trouble(f"{path}, line {number}: this is no text file")
            if len(line) > LONGEST_LINE_BYTES:
                raise Trouble(f"{path}, line {number}: longer than 1 MB, so this is no CSV file")
            try:
                line.decode(encoding.value)
            except UnicodeDecodeError:
                raise Trouble(
                    f"{path}, line {number}: not {encoding.value.upper()}, as all lines must be"
                ) from None


def _encoding(profile: Profile) -> str:
    is_utf8 = codecs.lookup(profile.encoding.value).name == "utf-8"
    return "utf-8-sig" if is_utf8 else profile.encoding.value


def _values(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str] | None:
    return dict(zip(columns, cells, strict=True)) if len(cells) == len(columns) else None


def _require_delimiter(
    path: Path, heading: Sequence[str], profile: Profile, delimiter: str
) -> None:
    other = next((mark for mark in DELIMITERS if mark != delimiter and mark in heading[0]), None)
    if len(heading) == 1 and other:
        raise Trouble(
            f"{path}: separated by {DELIMITERS[other]}, where the profile {profile.name} has "
            f"{DELIMITERS[delimiter]}"
        )


def _require_once(path: Path, columns: Sequence[str]) -> None:
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise Trouble(f"{path}: these columns stand twice: {', '.join(twice)}")
