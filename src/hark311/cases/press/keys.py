"""Where the keys of printed rows come from: one after the other, or taken in blocks."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from hark311.cases.press.tables import model_of
from hark311.platform import bulk_load


class Keys(Protocol):
    """Gives keys to rows of tables, by the names that events keep them under."""

    def take(self, table: str) -> int:
        """A key that nobody else has, higher than those taken before."""


class CountedKeys:
    """Keys from the first of each table on, for whoever writes alone."""

    def __init__(self, first: Mapping[str, int]) -> None:
        self._next = dict(first)

    def take(self, table: str) -> int:
        key = self._next[table]
        self._next[table] = key + 1
        return key

    def next_of(self, table: str) -> int:
        """The key that the next row of a table will have."""
        return self._next[table]


class SequenceKeys:
    """Keys from the sequences of the database, while others write too. size: of a block."""

    def __init__(self, size: int) -> None:
        self._size = max(size, 1)
        self._blocks: dict[str, Iterator[int]] = {}

    def take(self, table: str) -> int:
        key = next(self._blocks.get(table, _NONE), None)
        if key is None:
            self._blocks[table] = iter(_block(table, self._size))
            key = next(self._blocks[table])
        return key


def _block(table: str, size: int) -> list[int]:
    meta = model_of(table)._meta
    return bulk_load.keys_of(meta.db_table, str(meta.pk.column), size)


_NONE: Iterator[int] = iter(())
