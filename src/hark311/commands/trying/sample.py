"""Takes a sample of an unknown export: its format, encoding, delimiter and first rows."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hark311.commands.importing import json_rows
from hark311.commands.importing.csv_rows import DELIMITERS, require_text
from hark311.commands.importing.export import column_name
from hark311.commands.importing.first_look import require_export
from hark311.commands.importing.profile import Encoding, Format
from hark311.platform.trouble import Trouble

ROWS = 3000
_PLACES = (
    "item",
    "requests.item",
    "service_requests.item",
    "issues.item",
    "records.item",
    "data.item",
    "results.item",
    "rows.item",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows, by column as profiles write columns. records: JSON, where they stand."""

    format: Format
    encoding: Encoding
    delimiter: str
    records: str
    names: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def sample_of(path: Path) -> Sample:
    """Raises Trouble, in one line, for a file that holds no rows that can be read."""
    if not path.is_file():
        raise Trouble(f"{path} is not a file")
    require_export(path)
    with path.open("rb") as file:
        begins = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins[:1] in {b"{", b"["}:
        return _json(path)
    return _csv(path, _encoding(path))


def _encoding(path: Path) -> Encoding:
    try:
        require_text(path, Encoding.UTF_8)
    except Trouble as trouble:
        if "UTF-8, as all lines" not in trouble.line:
            raise
        require_text(path, Encoding.WINDOWS)
        return Encoding.WINDOWS
    return Encoding.UTF_8


def _csv(path: Path, encoding: Encoding) -> Sample:
    with path.open(encoding=_codec(encoding), newline="") as lines:
        heading = lines.readline()
        counts = Counter({mark: heading.count(mark) for mark in DELIMITERS})
        delimiter, count = counts.most_common(1)[0]
        if not count:
            raise Trouble(f"{path}: the first line is no heading with several columns")
        lines.seek(0)
        reader = csv.reader(lines, delimiter=delimiter)
        names = tuple(map(column_name, next(reader)))
        try:
            cells = [row for row in islice(reader, ROWS) if len(row) == len(names)]
        except csv.Error as error:
            raise Trouble(f"{path}, line {reader.line_num}: not CSV: {error}") from None
    rows = tuple(dict(zip(names, row, strict=True)) for row in cells)
    return Sample(Format.CSV, encoding, delimiter, "", names, _some(path, rows))


def _json(path: Path) -> Sample:
    for records in _PLACES:
        rows = tuple(islice(json_rows.records_as_columns(path, records), ROWS))
        if rows:
            names = tuple(dict.fromkeys(name for row in rows for name in row))
            return Sample(Format.JSON, Encoding.UTF_8, ",", records, names, rows)
    raise Trouble(f"{path}: no list of records was found in this JSON")


def _some(path: Path, rows: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    if not rows:
        raise Trouble(f"{path} has a heading and no rows")
    return tuple(rows)


def _codec(encoding: Encoding) -> str:
    return "utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value
