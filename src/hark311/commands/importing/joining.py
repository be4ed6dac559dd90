"""Joins lists that several processes wrote, in the order of their lines, without holding them."""

import csv
import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path


def join_lists(path: Path, parts: Sequence[Path], *, delimiter: str = ",") -> None:
    """Write one list out of several with the same heading, each in order of its first column.

    Parts that are not there hold nothing; if none is there, there is no list.
    """
    path.unlink(missing_ok=True)
    with ExitStack() as stack:
        readers = [
            csv.reader(
                stack.enter_context(part.open(encoding="utf-8", newline="")), delimiter=delimiter
            )
            for part in parts
            if part.is_file()
        ]
        headings = [next(reader) for reader in readers]
        if not headings:
            return
        path.touch(mode=0o600)
        file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(headings[0])
        writer.writerows(_in_order(readers))


def _in_order(readers: Sequence[Iterator[list[str]]]) -> Iterator[list[str]]:
    return heapq.merge(*readers, key=lambda row: int(row[0]))
