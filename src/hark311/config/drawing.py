"""Draws the layers and the lifecycle from the code: docs/explanation/architecture.md.

``python -m hark311.config.drawing`` prints the page; a test holds the page to the code.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from hark311.domain.lifecycle import TRANSITIONS

PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parents[1] / "pyproject.toml"

_HEAD = """# Layers and lifecycle

This page is drawn from the code by `script/docs`; do not edit it by hand.

## Layers

A package imports only from rows below its own, never from a neighbor in its row. The list is
exhaustive: a new package fails the build until someone says where it belongs.

| row | package | promise |
| --- | --- | --- |
"""
_MIDDLE = """
```mermaid
flowchart TB
"""
_LIFE = """```

## The life of an incident

The arrows are the table that the actions obey (`domain/lifecycle.py`). The same life in words,
written by hand and compared with the table, stands in [lifecycle.md](lifecycle.md).

```mermaid
stateDiagram-v2
    [*] --> received
"""


def layers() -> list[list[str]]:
    """The rows of packages, highest first, as import-linter enforces them."""
    contracts: list[dict[str, Any]] = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    rows: list[str] = next(one for one in contracts if one["type"] == "layers")["layers"]
    return [[name.strip(" ()") for name in row.split("|")] for row in rows]


def page() -> str:
    """The whole page."""
    return "".join((_HEAD, *_table(), _MIDDLE, *_flow(), _LIFE, *_arrows(), "```\n"))


def _standing() -> Iterator[tuple[int, str]]:
    for row, names in enumerate(layers(), 1):
        for name in names:
            if (PACKAGE / name / "__init__.py").exists():
                yield row, name


def _table() -> Iterator[str]:
    for row, name in _standing():
        yield f"| {row} | `{name}` | {_promise(name)} |\n"


def _promise(name: str) -> str:
    """The first line of the package's docstring."""
    tree = ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").splitlines()[0]


def _flow() -> Iterator[str]:
    last = 0
    for row, name in _standing():
        if row != last:
            yield "    end\n" if last else ""
            yield f'    subgraph row{row}[" "]\n'
            last = row
        yield f"        {name}\n"
    yield "    end\n"
    rows = sorted({row for row, _name in _standing()})
    for upper, lower in pairwise(rows):
        yield f"    row{upper} --> row{lower}\n"


def _arrows() -> Iterator[str]:
    for (state, verb), target in TRANSITIONS.items():
        yield f"    {state.value} --> {target.value}: {verb.value}\n"


if __name__ == "__main__":
    sys.stdout.write(page())
