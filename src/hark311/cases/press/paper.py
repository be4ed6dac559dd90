"""One batch of print: rows in memory, what events tell of them, and all of it as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.cases.press.tables import ROWS, Sheet, columns_of, model_of, whole_row
from hark311.cases.salts import Salts
from hark311.domain import chain
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, StreamKind, Visibility
from hark311.platform.bulk_load import NULL

Json = Any
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

    first_keys: the key of the first row of each table. salts: for stream kind, stream and
    sequence, 16 bytes.
    """

    def __init__(self, jurisdiction_id: int, first_keys: Mapping[str, int], salts: Salts) -> None:
        self._jurisdiction_id, self._salts = jurisdiction_id, salts
        self._keys = dict(first_keys)
        self._lines: dict[str, list[Line]] = {name: [] for name in ROWS}
        self._sheets = {name: Sheet(name) for name in ROWS}
        self._events: list[str] = []
        self._bodies: list[str] = []
        self._feed: list[str] = []

    def line(self, table: str, given: dict[str, Json]) -> Line:
        """A new row with the next key of its table."""
        return self.full_line(table, whole_row(table, given))

    def full_line(self, table: str, columns: dict[str, Json]) -> Line:
        """The same for a row that has every column, in the table's order."""
        key = self._keys[table]
        self._keys[table] = key + 1
        line = Line(table, key, columns)
        self._lines[table].append(line)
        return line

    def next_key(self, table: str) -> int:
        """The key that the next row of a table will have."""
        return self._keys[table]

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
        key = self._keys["event"]
        self._keys["event"] = key + 1
        self._events.append(
            f"{key},{self._jurisdiction_id},{_STREAM},{stream.incident.key},{stream.sequence},"
            f"{kind.value},{at},{by.kind},{by.account_id or NULL},"
            f"{NULL if case_id is None else case_id},{visibility.value},{by.origin},"
            f"\\x{body_digest.hex()},\\x{stream.digest.hex()}\n"
        )
        quoted = body.decode().replace('"', '""')
        self._bodies.append(f'{key},"{quoted}",\\x{salt.hex()}\n')
        position = self._keys["eventfeed"]
        self._keys["eventfeed"] = position + 1
        self._feed.append(f"{position},{key}\n")

    def settle(self) -> None:
        """Write down the rows so far: nothing changes them any more."""
        for name, lines in self._lines.items():
            if lines:
                sheet = self._sheets[name]
                for line in lines:
                    sheet.add([line.key, *line.columns.values()])
                lines.clear()

    def texts(self) -> dict[str, tuple[Sequence[str], str]]:
        """By table of the database the columns and rows that ``bulk_load`` takes."""
        self.settle()
        texts = {name: sheet.text() for name, sheet in self._sheets.items()}
        texts["event"] = "".join(self._events)
        texts["eventbody"] = "".join(self._bodies)
        texts["eventfeed"] = "".join(self._feed)
        return {
            model_of(name)._meta.db_table: (columns_of(name), text)
            for name, text in texts.items()
            if text
        }


def iso(at: datetime) -> str:
    """An instant in UTC as events hold it."""
    return at.isoformat()
