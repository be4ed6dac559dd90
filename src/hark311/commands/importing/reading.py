"""Reads an export as a stream of rows, after one look through the file for what breaks it.

Memory stays flat: nothing is kept but the row at hand.
"""

from collections.abc import Iterator
from pathlib import Path

from hark311.commands.importing import csv_rows, json_rows
from hark311.commands.importing.export import Export, Row
from hark311.commands.importing.first_look import require_export
from hark311.commands.importing.profile import Format, Profile
from hark311.platform.trouble import Trouble


def check_export(path: Path, profile: Profile) -> Export:
    """Look through the whole file; nothing of it has been taken yet.

    Raises Trouble, in one line, for a file that is not there, is no text, is not in one
    encoding throughout, has another delimiter, lacks a column or breaks off.
    """
    if not path.is_file():
        raise Trouble(f"{path} is not a file")
    require_export(path)
    if profile.format is Format.JSON:
        return json_rows.check(path, profile)
    return csv_rows.check(path, profile)


def rows_of(export: Export) -> Iterator[Row]:
    """Every row of a checked file in order; empty lines are none."""
    if export.profile.format is Format.JSON:
        return json_rows.read(export)
    return csv_rows.read(export)
