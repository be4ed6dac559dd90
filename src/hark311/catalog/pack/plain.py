"""Records of a pack as plain values: to store, to compare and to take a digest of."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo


def plain(value: object) -> Any:
    """The value in dicts, lists and scalars that JSON knows, without the places in files."""
    if isinstance(value, Mapping):
        return {_plain_key(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name))
            for each in fields(value)
            if each.name != "at"
        }
    return _plain_scalar(value)


def digest(value: object) -> str:
    """A fingerprint that is equal for equal content, wherever the pack says it."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain_scalar(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ZoneInfo):
        return value.key
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"a pack holds no {type(value).__name__}")


def _plain_key(key: object) -> str:
    """Keys are words; the days of a week become ``0,1,2``."""
    return ",".join(map(str, key)) if isinstance(key, tuple) else str(plain(key))
