"""A checked export and its rows, as every format gives them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hark311.commands.importing.profile import Profile
from hark311.platform.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Export:
    """A file that can be read to its end.

    heading: as refused rows are written back. columns: the same as profiles name them.
    records: JSON only, where the records stand.
    """

    path: Path
    profile: Profile
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    records: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line it begins on; of JSON, which record it is.

    values: by column, None if their number is wrong. repairs: what reading had to set right.
    """

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, str] | None
    repairs: Mapping[str, str] = field(default_factory=dict)


def column_name(cell: str) -> str:
    """A heading as profiles write it: ``Unique Key`` is ``unique_key``."""
    return "_".join(re.findall(r"[a-z0-9]+", cell.lower()))


def named_columns(headings: Sequence[str], profile: Profile) -> tuple[str, ...]:
    """The column that each heading stands for."""
    names = map(column_name, headings)
    return tuple(str(profile.also.get(name, name)) for name in names)


def require_columns(path: Path, columns: Sequence[str], profile: Profile) -> None:
    """Raises Trouble naming the columns without which no row is a case."""
    missing = [column for column in profile.columns.required if column not in columns]
    ends = [name for name in (profile.columns.closed, profile.columns.status) if name]
    if not any(name in columns for name in ends):
        missing.append(" or ".join(ends) or "closed")
    if missing:
        raise Trouble(f"{path}: these columns are missing: {', '.join(missing)}")
