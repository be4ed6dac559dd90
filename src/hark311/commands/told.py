"""Messages whose meaning is known, as lines of JSON or rows of a table."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from hark311.language.evaluating import Told
from hark311.platform.trouble import Trouble

TEXT, LABEL = "text", "service"


def read_told(path: Path, *, text: str = TEXT, label: str = LABEL) -> list[Told]:
    """The messages of a file, by the names of its columns; rows without a text are left out.

    Raises Trouble if the file cannot be read or a line is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines)) if path.suffix == ".csv" else list(_json(lines))
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}") from None
    if rows and not any(text in row for row in rows):
        raise Trouble(f"{path} has no column {text!r}: name it with --text")
    return [_told(row, text, label) for row in rows if str(row.get(text) or "").strip()]


def _json(lines: Iterator[str]) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            raise Trouble(f"line {number} is no JSON") from None
        if not isinstance(row, dict):
            raise Trouble(f"line {number} is no JSON object")
        yield row


def _told(row: dict[str, object], text: str, label: str) -> Told:
    def word(name: str) -> str:
        return str(row.get(name) or "").strip()

    return Told(
        text=word(text),
        service=word(label),
        language=word("language"),
        hazard=word("hazard"),
        kind=word("kind"),
        intent=word("intent"),
        is_near=bool(row.get("near")),
    )
