"""Walks every chain of events and says where one is broken; changes nothing.

Reads in one pass from the database's own cursor, so that memory does not grow with the
number of events. An erased body is no break: its salted digest stays in the event.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from hark311.cases.ledger import header
from hark311.cases.models import DailyRoot, Event, EventBody
from hark311.domain import chain
from hark311.domain.vocabulary import EventKind, StreamKind

_CHUNK = 2000
_COLUMNS = (
    "jurisdiction_id",
    "stream_kind",
    "stream_id",
    "sequence",
    "kind",
    "at",
    "actor_kind",
    "actor_account_id",
    "case_id",
    "visibility",
    "origin",
    "body_digest",
    "digest",
)
_WALK = f"""
SELECT {", ".join(f"event.{column}" for column in _COLUMNS)}, body.payload::text, body.salt
FROM cases_event event LEFT JOIN cases_eventbody body ON body.event_id = event.id
ORDER BY event.stream_kind, event.stream_id, event.sequence
"""  # noqa: S608  # column names of our own
_FEED = """
SELECT event.jurisdiction_id, event.digest
FROM cases_eventfeed feed JOIN cases_event event ON event.id = feed.event_id
ORDER BY event.jurisdiction_id, feed.position
"""


class Fault(StrEnum):
    """What can be wrong with a link."""

    MISSING = "missing"
    CHANGED = "changed"
    BODY_CHANGED = "body_changed"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a stream that does not follow from the one before."""

    stream_kind: StreamKind
    stream_id: int
    sequence: int
    fault: Fault

    def __str__(self) -> str:
        return f"{self.stream_kind}:{self.stream_id} #{self.sequence} {self.fault}"


@dataclass(frozen=True, slots=True)
class BrokenRoot:
    """The first sealed day of a jurisdiction that its events do not give any more."""

    jurisdiction_id: int
    on: date

    def __str__(self) -> str:
        return f"root of jurisdiction {self.jurisdiction_id}, {self.on}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk saw. erased: bodies that are gone, which breaks nothing."""

    streams: int
    events: int
    erased: int
    roots: int
    broken_links: tuple[BrokenLink, ...]
    broken_roots: tuple[BrokenRoot, ...]

    @property
    def is_whole(self) -> bool:
        return not self.broken_links and not self.broken_roots


@transaction.atomic
def verify() -> Verdict:
    """Walk all streams, then all sealed days; of each, only the first fault is told."""
    walk = _Walk()
    for row in _rows(_WALK):
        walk.step(row)
    roots, broken_roots = _check_roots()
    return Verdict(
        streams=walk.streams,
        events=walk.events,
        erased=walk.erased,
        roots=roots,
        broken_links=tuple(walk.broken),
        broken_roots=tuple(broken_roots),
    )


class _Walk:
    """Follows the streams link by link, in order."""

    def __init__(self) -> None:
        self.streams = self.events = self.erased = 0
        self.broken: list[BrokenLink] = []
        self._stream: tuple[str, int] | None = None
        self._sequence = 0
        self._previous = chain.GENESIS
        self._is_broken = False

    def step(self, row: Sequence[Any]) -> None:
        """Take the next event; what follows a break in its stream is counted, not judged."""
        event = Event(**dict(zip(_COLUMNS, row, strict=False)))
        stream = (event.stream_kind, event.stream_id)
        if stream != self._stream:
            self._stream, self._sequence, self._previous = stream, 0, chain.GENESIS
            self._is_broken = False
            self.streams += 1
        self.events += 1
        self.erased += row[-2] is None
        self._sequence += 1
        if not self._is_broken:
            self._judge(event, row[-2], row[-1])

    def _judge(self, event: Event, payload: str | None, salt: bytes | None) -> None:
        fault = self._fault_of(event, payload, salt)
        if fault is not None:
            self._is_broken = True
            self.broken.append(
                BrokenLink(StreamKind(event.stream_kind), event.stream_id, self._sequence, fault)
            )
        self._previous = bytes(event.digest)

    def _fault_of(self, event: Event, payload: str | None, salt: bytes | None) -> Fault | None:
        if event.sequence != self._sequence:
            return Fault.MISSING
        body_digest = bytes(event.body_digest)
        if not _is_digest(body_digest):
            return Fault.CHANGED
        if chain.event_digest(self._previous, header(event), body_digest) != bytes(event.digest):
            return Fault.CHANGED
        if payload is None or salt is None:
            return None
        spelled = chain.canonical_json(payload)
        is_same = chain.body_digest(bytes(salt), spelled) == body_digest
        return None if is_same else Fault.BODY_CHANGED


def _is_digest(digest: bytes) -> bool:
    return len(digest) == chain.DIGEST_BYTES


def _check_roots() -> tuple[int, list[BrokenRoot]]:
    """How many days are sealed, and the first of each jurisdiction that does not hold."""
    sealed = _sealed_by_events()
    digests = _digests_by_jurisdiction()
    broken: dict[int, BrokenRoot] = {}
    count, start = 0, 0
    current: int | None = None
    for root in DailyRoot.objects.order_by("jurisdiction_id", "on"):
        count += 1
        if root.jurisdiction_id != current:
            current, start = root.jurisdiction_id, 0
        leaves = digests.get(root.jurisdiction_id, [])[start : start + root.events]
        start += root.events
        found = chain.daily_root(leaves)
        said = (root.jurisdiction_id, root.on.isoformat(), root.events, found.hex())
        if found != bytes(root.root) or said not in sealed:
            broken.setdefault(root.jurisdiction_id, BrokenRoot(root.jurisdiction_id, root.on))
    return count, list(broken.values())


def _sealed_by_events() -> frozenset[tuple[int, str, int, str]]:
    """What the events of sealing say: jurisdiction, day, number of events, root."""
    rows = EventBody.objects.filter(event__kind=EventKind.ROOT_SEALED.value).values_list(
        "event__jurisdiction_id",
        "payload__facts__on",
        "payload__facts__events",
        "payload__facts__root",
    )
    return frozenset(rows)


def _digests_by_jurisdiction() -> dict[int, list[bytes]]:
    digests: dict[int, list[bytes]] = {}
    for jurisdiction_id, digest in _rows(_FEED):
        digests.setdefault(jurisdiction_id, []).append(bytes(digest))
    return digests


def _rows(query: str) -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
