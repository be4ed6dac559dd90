"""Turns records of a pack into plain values that JSON and tables hold."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from hark311.catalog.pack.marks import Place


def plain(value: object) -> Any:
    """``value`` without places: records and mappings as dicts, words as text, days as ISO.

    Parts of a record that were left out are left out here.
    """
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return {
            name: plain(part)
            for name, part in parts.items()
            if part is not None and not isinstance(part, Place)
        }
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(part) for part in value]
    return _single(value)


def _single(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ZoneInfo):
        return value.key
    return value
