"""Reads exports in JSON, record by record, however long the list is."""

import codecs
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]  # it ships no types

from hark311.commands.importing.export import Export, Row, column_name, require_columns
from hark311.commands.importing.profile import Profile
from hark311.platform.trouble import Trouble

LONGEST_VALUE_BYTES = 1_000_000
DEEPEST = 20
_CHUNK = 1_000_000
_NOTHING = {"", "null", "none", "true", "false"}
_Events = Iterator[tuple[str, str, Any]]


def check(path: Path, profile: Profile) -> Export:
    """Look through a JSON file. Raises Trouble."""
    _require_text(path)
    for records in map(str, profile.records or ("item",)):
        columns: dict[str, None] = {}
        count = 0
        for record in _records(path, records):
            count += 1
            columns.update(dict.fromkeys(_flat(record, profile.also)[0]))
        if count:
            require_columns(path, tuple(columns), profile)
            return Export(path, profile, profile.wanted, profile.wanted, count, records)
    where = ", ".join(profile.records) or "item"
    raise Trouble(f"{path} holds no records where the profile {profile.name} looks: {where}")


def read(export: Export) -> Iterator[Row]:
    """The records of a checked file; the columns are those that the profile names."""
    for number, record in enumerate(_records(export.path, export.records), 1):
        values, twice = _flat(record, export.profile.also)
        cells = tuple(values.get(column, "") for column in export.columns)
        repairs = {"key_twice": ", ".join(twice)} if twice else {}
        yield Row(number, cells, values, repairs)


def records_as_columns(path: Path, where: str) -> Iterator[Mapping[str, str]]:
    """The records that stand at ``where``, by column, as no profile has named any yet."""
    for record in _records(path, where):
        yield _flat(record, {})[0]


def _records(path: Path, where: str) -> Iterator[list[tuple[str, Any]]]:
    """Each record as its pairs in order, since some systems write a key twice."""
    with path.open("rb") as file:
        try:
            yield from _walk(file, where)
        except ijson.IncompleteJSONError as error:
            raise Trouble(f"{path} {_fault(error)}") from None
        except ijson.JSONError as error:
            raise Trouble(f"{path} {_fault(error)}") from None


def _fault(error: Exception) -> str:
    """What is wrong with a file that could not be read to its end; parsers say it variously."""
    reason = str(error).strip().splitlines()[0]
    if "premature" in reason or "ncomplete" in reason:
        return "breaks off before its end: fetch it again"
    return f"is not JSON to its end: {reason}"


def _walk(file: BinaryIO, where: str) -> Iterator[list[tuple[str, Any]]]:
    events: _Events = ijson.parse(file)
    for prefix, event, _value in events:
        if event == "start_map" and prefix == where:
            yield _pairs(events, 1)


def _pairs(events: _Events, depth: int) -> list[tuple[str, Any]]:
    if depth > DEEPEST:
        raise ijson.JSONError(f"objects stand more than {DEEPEST} deep")
    pairs: list[tuple[str, Any]] = []
    for _prefix, event, value in events:
        if event == "end_map":
            break
        pairs.append((value, _value(events, depth)))
    return pairs


def _value(events: _Events, depth: int) -> Any:
    _prefix, event, value = next(events)
    return _built(event, value, events, depth)


def _built(event: str, value: Any, events: _Events, depth: int) -> Any:
    if event == "start_map":
        return dict(_pairs(events, depth + 1))
    if event != "start_array":
        return value
    if depth > DEEPEST:
        raise ijson.JSONError(f"lists stand more than {DEEPEST} deep")
    members: list[Any] = []
    for _prefix, each, inner in events:
        if each == "end_array":
            break
        members.append(_built(each, inner, events, depth + 1))
    return members


def _flat(
    pairs: list[tuple[str, Any]], also: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Values by column, and which keys stood twice; of two values the one that says something."""
    values: dict[str, str] = {}
    twice: list[str] = []
    for key, value in _leaves(pairs):
        name = column_name(key)
        column = str(also.get(name, name))
        if column in values:
            twice.append(column)
            if value.strip().lower() in _NOTHING:
                continue
        values[column] = value
    return values, twice


def _leaves(pairs: list[tuple[str, Any]], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in pairs:
        name = f"{before} {key}"
        if isinstance(value, Mapping):
            yield from _leaves(list(value.items()), name)
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any(isinstance(member, dict | list) for member in value):
            return json.dumps(value, default=str)
        return " ".join(map(_text, value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _require_text(path: Path) -> None:
    """Raises Trouble for what is no UTF-8, or has a value so long that memory would fill."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    since_quote = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise Trouble(f"{path}: this is no text file")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                raise Trouble(f"{path}: not UTF-8 throughout") from None
            last = chunk.rfind(b'"')
            since_quote = len(chunk) - last if last >= 0 else since_quote + len(chunk)
            if since_quote > LONGEST_VALUE_BYTES + _CHUNK:
                raise Trouble(f"{path}: a value is longer than 1 MB, so this is no export of cases")
