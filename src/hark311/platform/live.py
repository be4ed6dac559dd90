"""The live wire: tells open pages *what* changed, never data; each page then asks with its rights.

The server gives a page a signed list of topics; the page opens one stream with it. The
sequencer announces topics after each batch; every open stream that has one hears of it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

from django.core import signing
from django.db import connection

from hark311.domain.errors import LinkExpired

CHANNEL = "hark311_feed"
VALID_FOR_S = 600
EVERYTHING = "*"
_SALT = "hark311.live"
_LONGEST_PAYLOAD = 7_900
_WAITING_CHANGES = 100


def sign_topics(topics: Iterable[str], *, person: str) -> str:
    """Return what a page needs to listen to ``topics`` for the next ten minutes.

    person: who asked, so that a signature tells people apart; empty for anyone.
    """
    return signing.dumps([person, sorted(topics)], salt=_SALT, compress=True)


def topics_of(signed: str) -> frozenset[str]:
    """Return the topics of a signature. Raises LinkExpired if it is too old or not ours."""
    try:
        _, topics = signing.loads(signed, salt=_SALT, max_age=VALID_FOR_S)
    except signing.BadSignature as refused:
        raise LinkExpired(what="live topics") from refused
    return frozenset(topics)


def announce(topics: Iterable[str]) -> None:
    """Tell all streams that ``topics`` changed, once the present transaction commits.

    For the sequencer, once a batch: a NOTIFY makes commits wait for each other.
    """
    payload = json.dumps(sorted(set(topics)), separators=(",", ":"))
    if len(payload.encode()) > _LONGEST_PAYLOAD:
        payload = json.dumps([EVERYTHING])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def read_announcement(payload: str) -> frozenset[str]:
    """Return the announced topics; whatever cannot be read means that all may have changed."""
    try:
        topics = json.loads(payload)
    except ValueError:
        return frozenset({EVERYTHING})
    if not isinstance(topics, list):
        return frozenset({EVERYTHING})
    return frozenset(str(topic) for topic in topics)


class Hub:
    """Which stream of this process listens to what. Used from one event loop."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._count = 0

    @property
    def listeners(self) -> int:
        return self._count

    def publish(self, topics: Iterable[str]) -> None:
        """Put each topic before those who listen to it; EVERYTHING reaches them all."""
        for topic in topics:
            if topic == EVERYTHING:
                for queue in set().union(*self._listeners.values()):
                    _put(queue, EVERYTHING)
                continue
            for queue in self._listeners.get(topic, ()):
                _put(queue, topic)

    async def changes(
        self, topics: frozenset[str], *, beat_s: float, valid_for_s: float = VALID_FOR_S
    ) -> AsyncIterator[str | None]:
        """Yield the topics that change; None each ``beat_s`` of silence; end after the validity."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._join(topics, queue)
        ends_at = asyncio.get_running_loop().time() + valid_for_s
        try:
            while (left_s := ends_at - asyncio.get_running_loop().time()) > 0:
                try:
                    yield await asyncio.wait_for(queue.get(), min(beat_s, left_s))
                except TimeoutError:
                    yield None
        finally:
            self._leave(topics, queue)

    def _join(self, topics: frozenset[str], queue: asyncio.Queue[str]) -> None:
        self._count += 1
        for topic in topics:
            self._listeners[topic].add(queue)

    def _leave(self, topics: frozenset[str], queue: asyncio.Queue[str]) -> None:
        self._count -= 1
        for topic in topics:
            self._listeners[topic].discard(queue)
            if not self._listeners[topic]:
                del self._listeners[topic]


def _put(queue: asyncio.Queue[str], topic: str) -> None:
    """A page that does not keep up is told once that everything changed."""
    if queue.qsize() >= _WAITING_CHANGES:
        while not queue.empty():
            queue.get_nowait()
        topic = EVERYTHING
    queue.put_nowait(topic)
