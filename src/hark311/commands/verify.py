"""hark311 verify: walks every chain of events; with --rebuild, recomputes every table as well."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from hark311.cases import rebuild, verify

EXAMPLE = "hark311 verify --rebuild"
SHOWN = 100


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="recompute the rows of all cases from their events and compare",
    )


def run(args: Namespace) -> int:
    """Print what was walked and what is wrong; 1 if anything is. Changes nothing."""
    is_right = _walk()
    if args.rebuild:
        is_right = _rebuild() and is_right
    return 0 if is_right else 1


def _walk() -> bool:
    verdict = verify.verify()
    print(
        f"chains: {verdict.streams} streams, {verdict.events} events,"
        f" {verdict.erased} bodies erased, {verdict.roots} days sealed"
    )
    _show("BROKEN", [*verdict.broken_links, *verdict.broken_roots])
    return verdict.is_whole


def _rebuild() -> bool:
    report = rebuild.compare()
    print(
        f"rows: {report.rows} rows, {report.columns} columns recomputed,"
        f" {len(report.unknowable)} not knowable since their events were erased"
    )
    _show("DIFFERS", report.differences)
    _show("unknowable", report.unknowable)
    return not report.differences


def _show(word: str, findings: Sequence[object]) -> None:
    for finding in findings[:SHOWN]:
        print(f"{word} {finding}")
    if len(findings) > SHOWN:
        print(f"{word} {len(findings) - SHOWN} more")
