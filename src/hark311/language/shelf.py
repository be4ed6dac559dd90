"""The lists that come with this package: words of danger, what is said in danger, wishes.

One folder a list, one file a language.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def shelf_languages(name: str) -> tuple[str, ...]:
    """The languages that the list has, in order."""
    return tuple(sorted(path.stem for path in (DATA / name).glob("*.yaml")))


def shelf_of(name: str, language: str) -> Mapping[str, Any]:
    """The list of one language; raises FileNotFoundError if there is none."""
    return read_yaml(DATA / name / f"{language}.yaml")


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a file; an empty file is an empty one."""
    return yaml.load(path.read_bytes(), Loader=_Loader) or {}  # noqa: S506  # a safe loader
