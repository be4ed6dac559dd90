"""One batch of print: rows in memory, what events tell of them, and all of it as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.cases.press.keys import Keys
from hark311.cases.press.tables import ROWS, Sheet, columns_of, model_of, whole_row
from hark311.cases.salts import Salts
from hark311.domain import chain
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, StreamKind, Visibility
from hark311.platform.bulk_load import NULL

Json = Any
Texts = Mapping[str, tuple[Sequence[str], str]]
"""By table of the database its columns and its rows as text."""
_STREAM = StreamKind.INCIDENT.value


class Line:
    """One row under way: its columns as events hold them, and what no event has told yet."""

    __slots__ = ("columns", "key", "table", "untold")

    def __init__(self, table: str, key: int, columns: dict[str, Json]) -> None:
        self.table, self.key, self.columns = table, key, columns
        # None: nothing was told, so the next event tells the whole row.
        self.untold: dict[str, Json] | None = None

    def __getitem__(self, name: str) -> Json:
        return self.columns[name]

    def __setitem__(self, name: str, value: Json) -> None:
        if self.columns[name] != value:
            self.columns[name] = value
            if self.untold is not None:
                self.untold[name] = value

    def told(self) -> Mapping[str, Json]:
        """What the next event has to tell of it; asked once for each event."""
        tell = self.columns if self.untold is None else self.untold
        self.untold = {}
        return tell


@dataclass(slots=True)
class Stream:
    """The stream of one incident: how far its chain has come."""

    incident: Line
    sequence: int = 0
    digest: bytes = chain.GENESIS


@dataclass(frozen=True, slots=True)
class Said:
    """Who says an event, as its columns hold it."""

    kind: str
    account_id: int | None
    origin: str


def said_by(actor: Actor) -> Said:
    return Said(actor.kind.value, actor.account_id, actor.origin.value)


class Paper:
    """Takes rows and events of new incidents, and gives the text of every table.

    salts: for stream kind, stream and sequence, 16 bytes.
    """

    def __init__(self, jurisdiction_id: int, keys: Keys, salts: Salts) -> None:
        self._jurisdiction_id, self._keys, self._salts = jurisdiction_id, keys, salts
        self._lines: dict[str, list[Line]] = {name: [] for name in ROWS}
        self._sheets = {name: Sheet(name) for name in ROWS}
        # Of each event its row and its body without the key in front.
        self._events: list[tuple[str, str]] = []

    def line(self, table: str, given: dict[str, Json]) -> Line:
        """A new row with the next key of its table."""
        return self.full_line(table, whole_row(table, given))

    def full_line(self, table: str, columns: dict[str, Json]) -> Line:
        """The same for a row that has every column, in the table's order."""
        line = Line(table, self._keys.take(table), columns)
        self._lines[table].append(line)
        return line

    def newest(self, table: str) -> Line:
        """The row of a table that was begun last."""
        return self._lines[table][-1]

    def tell(
        self,
        stream: Stream,
        kind: EventKind,
        *,
        by: Said,
        at: str,
        facts: Mapping[str, Json],
        rows: Sequence[Line],
        case_id: int | None = None,
        visibility: Visibility = Visibility.PUBLIC,
    ) -> None:
        """Append an event that tells what is untold of ``rows``. at: as ``iso`` writes it."""
        written: dict[str, dict[str, Mapping[str, Json]]] = {}
        for row in rows:
            columns = row.told()
            if columns:
                written.setdefault(row.table, {})[str(row.key)] = columns
        body = chain.canonical_plain({"facts": facts, "rows": written})
        stream.sequence += 1
        salt = self._salts(_STREAM, stream.incident.key, stream.sequence)
        body_digest = chain.body_digest(salt, body)
        header = (
            f'{{"actor":"{by.kind}:{by.account_id or ""}","at":"{at}",'
            f'"case":{"null" if case_id is None else case_id},'
            f'"jurisdiction":{self._jurisdiction_id},"kind":"{kind.value}",'
            f'"origin":"{by.origin}","sequence":{stream.sequence},'
            f'"stream":"{_STREAM}:{stream.incident.key}","visibility":"{visibility.value}"}}'
        )
        stream.digest = chain.linked_digest(stream.digest, header.encode(), body_digest)
        quoted = body.decode().replace('"', '""')
        self._events.append(
            (
                f"{self._jurisdiction_id},{_STREAM},{stream.incident.key},{stream.sequence},"
                f"{kind.value},{at},{by.kind},{by.account_id or NULL},"
                f"{NULL if case_id is None else case_id},{visibility.value},{by.origin},"
                f"\\x{body_digest.hex()},\\x{stream.digest.hex()}\n",
                f'"{quoted}",\\x{salt.hex()}\n',
            )
        )

    def settle(self) -> None:
        """Write down the rows so far: nothing changes them any more."""
        for name, lines in self._lines.items():
            if lines:
                sheet = self._sheets[name]
                for line in lines:
                    sheet.add([line.key, *line.columns.values()])
                lines.clear()

    def rows(self) -> Texts:
        """What stands in all tables but those of events, as ``bulk_load`` takes it."""
        self.settle()
        return _texts({name: sheet.text() for name, sheet in self._sheets.items()})

    def events(self) -> Texts:
        """The events with their bodies. Asked for once: they get their keys now, in order.

        The sequencer relies on a transaction having an id of its own before its first event has
        a key; who is not alone puts the rows down first.
        """
        return _texts(self._told_by(self._keys_of_events()))

    def fed_events(self) -> Texts:
        """The same, and their places in the feed, for whoever is alone."""
        keys = self._keys_of_events()
        feed = "".join([f"{self._keys.take('eventfeed')},{key}\n" for key in keys])
        return _texts({**self._told_by(keys), "eventfeed": feed})

    def _keys_of_events(self) -> list[int]:
        return [self._keys.take("event") for _event in self._events]

    def _told_by(self, keys: Sequence[int]) -> dict[str, str]:
        keyed = list(zip(keys, self._events, strict=True))
        return {
            "event": "".join([f"{key},{row}" for key, (row, _body) in keyed]),
            "eventbody": "".join([f"{key},{body}" for key, (_row, body) in keyed]),
        }


def _texts(texts: Mapping[str, str]) -> Texts:
    return {
        model_of(name)._meta.db_table: (columns_of(name), text)
        for name, text in texts.items()
        if text
    }


def iso(at: datetime) -> str:
    """An instant in UTC as events hold it."""
    return at.isoformat()
