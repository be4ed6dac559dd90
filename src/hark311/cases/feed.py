"""Puts committed events into the one order that all readers share, and lets them read it.

Ids of events are not in commit order, so ``id > last`` would lose the slower of two
transactions. The sequencer appends whatever is committed and not in the feed yet; readers
keep a position in the feed. Nothing here remembers a transaction beyond the process, so a
backup restored into another cluster goes on where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from hark311.cases.announcing import topics_of_events
from hark311.cases.models import EventFeed, ReaderPosition
from hark311.domain.vocabulary import EventKind, Origin, StreamKind, Visibility
from hark311.platform.live import announce

SEQUENCER = "sequencer"
BATCH = 1000
_LOCK_KEY = 0x68_61_72_6B_33_31_31

_APPEND = """
INSERT INTO cases_eventfeed (event_id)
SELECT event.id FROM cases_event event
WHERE event.id > %s
  AND NOT EXISTS (SELECT 1 FROM cases_eventfeed feed WHERE feed.event_id = event.id)
ORDER BY event.id
LIMIT %s
RETURNING event_id
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """Every event up to ``event_id`` was written by a transaction older than ``transaction_id``."""

    transaction_id: int
    event_id: int


class Sequencer:
    """Appends committed events to the feed; any number may run, one at a time works.

    Events at or below the floor are all in the feed and are not looked at again. The floor
    rises in two steps. First a mark is taken: the highest committed id, then a transaction id
    drawn after it. Whoever drew a lower event id had its own transaction id before that, for
    every action locks or inserts a row before it writes its event, and so it is older than the
    mark. Once no transaction older than the mark runs, one more complete pass has seen them all.
    (The upper end of a snapshot would not do as a mark: it is one past the last transaction
    that ended, and one that still runs may lie beyond it.)
    """

    def __init__(self) -> None:
        self._mark: Mark | None = None

    @transaction.atomic
    def run_once(self, limit: int = BATCH) -> int:
        """Append up to ``limit`` events in the order of their ids; tell open pages once.

        Returns how many; 0 as well while another sequencer is at it.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK_KEY])
            if not cursor.fetchone()[0]:
                return 0
            floor = position_of(SEQUENCER)
            settled = self._settled()
            cursor.execute(_APPEND, [floor, limit])
            appended = [event_id for (event_id,) in cursor.fetchall()]
        if appended:
            announce(topics_of_events(appended))
        if len(appended) < limit:
            self._raise_floor(floor, settled)
        return len(appended)

    def _settled(self) -> Mark | None:
        """The mark, if every transaction older than it has ended."""
        if self._mark is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            oldest: int = cursor.fetchone()[0]
        return self._mark if oldest >= self._mark.transaction_id else None

    def _raise_floor(self, floor: int, settled: Mark | None) -> None:
        if settled is not None and settled.event_id > floor:
            ReaderPosition.objects.filter(name=SEQUENCER).update(position=settled.event_id)
            floor = settled.event_id
        if settled is not None or self._mark is None:
            self._mark = _mark_above(floor)


def _mark_above(floor: int) -> Mark | None:
    """A new mark, or None if no event is above the floor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM cases_event WHERE id > %s", [floor])
        highest: int | None = cursor.fetchone()[0]
        if highest is None:
            return None
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return Mark(transaction_id=cursor.fetchone()[0], event_id=highest)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One committed event as readers get it; ``facts`` is None once its body was erased."""

    position: int
    event_id: int
    jurisdiction_id: int
    stream_kind: StreamKind
    stream_id: int
    sequence: int
    kind: EventKind
    at: datetime
    case_id: int | None
    visibility: Visibility
    origin: Origin
    facts: Mapping[str, Any] | None


class Reader(Protocol):
    """Acts on events in order; the worker has the one list of readers (``commands.loops``).

    name: of its position, so it never changes once deployed.
    """

    @property
    def name(self) -> str: ...

    def take(self, items: Sequence[FeedItem]) -> None:
        """Act on these events; runs in the transaction that moves the position past them."""


@transaction.atomic
def run_reader(reader: Reader, limit: int = BATCH) -> int:
    """Hand the next events to ``reader`` and move its position, or neither; return how many."""
    items = read(reader.name, limit)
    if items:
        reader.take(items)
        advance(reader.name, items[-1].position)
    return len(items)


def read(reader_name: str, limit: int = BATCH) -> list[FeedItem]:
    """The next events of a reader, oldest first; locks its position until the transaction ends.

    Empty as well while another worker holds the position: it is reading these very events.
    """
    position_of(reader_name)
    held = (
        ReaderPosition.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(name=reader_name)
        .first()
    )
    if held is None:
        return []
    rows = (
        EventFeed.objects.filter(position__gt=held.position)
        .order_by("position")
        .values_list(
            "position",
            "event_id",
            "event__jurisdiction_id",
            "event__stream_kind",
            "event__stream_id",
            "event__sequence",
            "event__kind",
            "event__at",
            "event__case_id",
            "event__visibility",
            "event__origin",
            "event__body__payload__facts",
        )[:limit]
    )
    return [_item(row) for row in rows]


def advance(reader_name: str, position: int) -> None:
    """Move a reader past ``position``; in the same transaction as its ``read``."""
    ReaderPosition.objects.filter(name=reader_name, position__lt=position).update(position=position)


def catch_up(readers: Sequence[Reader]) -> None:
    """Put everything committed into the feed and let the readers read all of it, here and now."""
    sequencer = Sequencer()
    while sequencer.run_once():
        pass
    for reader in readers:
        while run_reader(reader):
            pass


@transaction.atomic
def pass_over(readers: Sequence[Reader], *, position: int, event_id: int) -> None:
    """Take what stands in the feed as read, up to a position and its event.

    For events that nobody acts on. Whoever calls has caught up before they were put there.
    """
    position_of(SEQUENCER)
    advance(SEQUENCER, event_id)
    for reader in readers:
        position_of(reader.name)
        advance(reader.name, position)


def position_of(reader_name: str) -> int:
    """How far a reader has come; one seen for the first time starts before the first event."""
    rows = ReaderPosition.objects.filter(name=reader_name)
    found = rows.values_list("position", flat=True).first()
    if found is None:
        new = ReaderPosition(name=reader_name)
        ReaderPosition.objects.bulk_create([new], ignore_conflicts=True)
    return found or 0


def _item(row: tuple[Any, ...]) -> FeedItem:
    """The columns of ``read`` as a record."""
    position, event_id, jurisdiction_id, stream_kind, stream_id, sequence, *rest = row
    kind, at, case_id, visibility, origin, facts = rest
    return FeedItem(
        position=position,
        event_id=event_id,
        jurisdiction_id=jurisdiction_id,
        stream_kind=StreamKind(stream_kind),
        stream_id=stream_id,
        sequence=sequence,
        kind=EventKind(kind),
        at=at,
        case_id=case_id,
        visibility=Visibility(visibility),
        origin=Origin(origin),
        facts=facts,
    )
