"""Speed at several sizes, written into the documentation as a table and a picture.

    script/bench growth --data DIR --data DIR ... [--quick]

Measures each data folder in turn, then writes docs/explanation/speed.{json,svg} and the table in
docs/explanation/speed.md. With --redraw nothing is measured: what the JSON holds is drawn again.
"""

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.drawing import drawn

DOCS = Path(__file__).parents[2] / "docs" / "explanation"
_BEGIN, _END = "<!-- measured: written by script/bench growth -->\n", "<!-- end of measured -->\n"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, action="append", default=[], help="a data folder")
    parser.add_argument("--quick", action="store_true", help="a second or two of each")
    parser.add_argument("--redraw", action="store_true", help="draw what was measured before")


def run(args: Namespace) -> int:
    kept = DOCS / "speed.json"
    results = json.loads(kept.read_text()) if args.redraw else _measured(args)
    results.sort(key=lambda result: result["cases"])
    kept.write_text(json.dumps(results, indent=1) + "\n")
    (DOCS / "speed.svg").write_text(drawn(results))
    page = DOCS / "speed.md"
    before, _, rest = page.read_text().partition(_BEGIN)
    page.write_text(f"{before}{_BEGIN}{table(results)}{_END}{rest.partition(_END)[2]}")
    print(table(results))
    return 0


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """One row an operation, for each size how much, how quickly, and beside the database alone."""
    sizes = [f"{result['cases']:,} cases" for result in results]
    head = " | ".join(f"{size}: a second | p99 ms | ratio" for size in sizes)
    lines = [
        f"Measured on {results[-1]['machine']}, {results[-1]['at'][:10]}.\n",
        f"| | wanted | {head} |",
        f"| --- | --- |{' ---: |' * 3 * len(sizes)}",
    ]
    for figure in results[-1]["figures"]:
        cells = [_cell(result, figure["name"]) for result in results]
        lines.append(f"| {figure['name']} | {_wanted(figure)} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(result: Mapping[str, Any], name: str) -> str:
    for figure in result["figures"]:
        if figure["name"] == name:
            return f"{figure['per_s']:,.0f} | {figure['p99_ms']:.0f} | {figure['ratio']:.3f}"
    return "– | – | –"


def _wanted(figure: Mapping[str, Any]) -> str:
    parts = []
    if figure["least_per_s"]:
        parts.append(f"≥ {figure['least_per_s']:,.0f} a second")
    if figure["most_p99_ms"]:
        parts.append(f"p99 ≤ {figure['most_p99_ms']:.0f} ms")
    return ", ".join(parts)


def _measured(args: Namespace) -> list[dict[str, Any]]:
    if not args.data:
        sys.exit("give at least one --data folder")
    results = []
    for data in args.data:
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            # A process of its own: settings know one folder.
            command = [sys.executable, "-m", "tests.bench", "speed", "--data", str(data), "--store"]
            quick = ["--quick"] if args.quick else []
            subprocess.run([*command, "--out", file.name, *quick], check=True)
            results.append(json.loads(Path(file.name).read_text()))
    return results
