"""The small process that holds the open streams: one stream a browser, server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from psycopg import sql
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from hark311.domain.errors import LinkExpired
from hark311.platform import log
from hark311.platform.live import CHANNEL, EVERYTHING, Hub, read_announcement, topics_of

BEAT_S = 15.0
MOST_STREAMS = 5_000
MOST_PAGES = 20
_RECONNECT_AFTER_S = 1.0
# The topics are signed and no cookie is read, so any origin may listen.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

_log = log.get(__name__)


def live_application(database_url: str, *, beat_s: float = BEAT_S) -> Starlette:
    """Return the ASGI application that listens at ``database_url`` and serves /live/stream."""
    hub = Hub()

    async def stream(request: Request) -> Response:
        try:
            topics = _topics(request.query_params.getlist("topics"))
        except LinkExpired:
            return PlainTextResponse("link_expired\n", 404, headers=_HEADERS)
        if hub.listeners >= MOST_STREAMS:
            return PlainTextResponse("too_many\n", 503, headers=_HEADERS)
        words = _words(hub, topics, beat_s)
        return StreamingResponse(words, media_type="text/event-stream", headers=_HEADERS)

    async def healthz(request: Request) -> Response:
        return PlainTextResponse(f"ok {hub.listeners}\n")

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        listening = asyncio.create_task(listen(hub, database_url))
        yield
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    routes = [Route("/live/stream", stream), Route("/live/healthz", healthz)]
    return Starlette(routes=routes, lifespan=lifespan)


async def listen(hub: Hub, database_url: str) -> None:
    """Pass announcements on for ever; after a lost connection every page is told to look again."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                database_url, autocommit=True
            ) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                hub.publish([EVERYTHING])
                async for notice in connection.notifies():
                    hub.publish(read_announcement(notice.payload))
        except psycopg.OperationalError:
            _log.warning("live_listen_lost")
            await asyncio.sleep(_RECONNECT_AFTER_S)


def _topics(signatures: list[str]) -> frozenset[str]:
    """The topics of all pages that share a stream. Raises LinkExpired if one may not listen."""
    signed = signatures[:MOST_PAGES] or [""]
    return frozenset[str]().union(*(topics_of(one) for one in signed))


async def _words(hub: Hub, topics: frozenset[str], beat_s: float) -> AsyncIterator[str]:
    yield "retry: 3000\n: listening\n\n"
    async for topic in hub.changes(topics, beat_s=beat_s):
        yield ": still here\n\n" if topic is None else f"event: changed\ndata: {topic}\n\n"
    yield "event: renew\ndata: \n\n"
