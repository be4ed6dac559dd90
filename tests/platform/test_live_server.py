"""The live process passes announcements on to streams that were signed."""

import asyncio

import pytest
from django.db import transaction

from hark311.platform import live
from hark311.platform.live_server import live_application


async def listen_to(application, query: str, *, until: bytes, act) -> tuple[int, bytes]:
    """Open /live/stream as a browser would, call ``act`` once connected, and read to ``until``."""
    parts: asyncio.Queue[dict] = asyncio.Queue()
    scope = {"type": "http", "method": "GET", "path": "/live/stream", "headers": []}
    scope |= {"query_string": query.encode(), "http_version": "1.1", "scheme": "http"}
    scope |= {"server": ("127.0.0.1", 80), "root_path": "", "asgi": {"version": "3.0"}}
    gone = asyncio.Event()

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    async with application.router.lifespan_context(application):
        task = asyncio.create_task(application(scope, receive, parts.put))
        status, body = (await parts.get())["status"], b""
        while until not in body:
            part = await asyncio.wait_for(parts.get(), 10)
            body += part["body"]
            if b"data: *" in body or status != 200:
                await asyncio.to_thread(act)
        gone.set()
        await task
    return status, body


def announce() -> None:
    with transaction.atomic():
        live.announce(["case:1", "case:2"])


@pytest.mark.django_db(transaction=True)
def test_a_stream_says_what_changed_and_nothing_else(worker_database):
    application = live_application(worker_database.roles.application)
    query = f"topics={live.sign_topics(['case:1'], person='7')}"
    status, body = asyncio.run(listen_to(application, query, until=b"data: case:1", act=announce))

    assert status == 200
    assert b"event: changed\ndata: case:1\n\n" in body
    assert b"case:2" not in body


@pytest.mark.django_db(transaction=True)
def test_a_stream_without_a_signature_is_refused(worker_database):
    application = live_application(worker_database.roles.application)
    status, body = asyncio.run(
        listen_to(application, "topics=case:1", until=b"link_expired", act=lambda: None)
    )

    assert (status, body) == (404, b"link_expired\n")


@pytest.mark.django_db(transaction=True)
def test_one_stream_serves_the_pages_of_a_browser_if_each_may_listen(worker_database):
    application = live_application(worker_database.roles.application)
    pages = [live.sign_topics([topic], person="7") for topic in ("case:1", "case:2")]
    both = "&".join(f"topics={signed}" for signed in pages)
    for topic in (b"data: case:1", b"data: case:2"):
        status, body = asyncio.run(listen_to(application, both, until=topic, act=announce))
        assert (status, topic in body) == (200, True)
    refused, _body = asyncio.run(
        listen_to(application, f"{both}&topics=x", until=b"link_expired", act=lambda: None)
    )

    assert refused == 404
