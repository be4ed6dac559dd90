"""Open pages hear what changed, if they may, and never what it changed to."""

import asyncio
import json
from contextlib import aclosing

import psycopg
import pytest
from django.core import signing
from django.db import transaction

from hark311.domain.errors import LinkExpired
from hark311.platform import live
from hark311.platform.live import EVERYTHING, Hub, read_announcement, sign_topics, topics_of


async def hear(hub: Hub, topics: set[str], published: list[str], *, count: int) -> list[str | None]:
    """What a listener to ``topics`` is told first after ``published``."""
    changes = hub.changes(frozenset(topics), beat_s=0.05)
    heard: list[str | None] = []
    async with aclosing(changes):
        first = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        hub.publish(published)
        heard.append(await first)
        while len(heard) < count:
            heard.append(await anext(changes))
    return heard


def test_a_signature_gives_back_its_topics():
    assert topics_of(sign_topics(["case:2", "case:1"], person="7")) == {"case:1", "case:2"}


def test_a_forged_signature_is_refused():
    with pytest.raises(LinkExpired):
        topics_of(sign_topics(["case:1"], person="7")[:-1] + "-")


def test_a_signature_for_something_else_is_refused():
    with pytest.raises(LinkExpired):
        topics_of(signing.dumps(["7", ["case:1"]], salt="other"))


def test_a_signature_is_valid_for_ten_minutes(monkeypatch):
    signed = sign_topics(["case:1"], person="7")
    monkeypatch.setattr(live, "VALID_FOR_S", -1)

    with pytest.raises(LinkExpired):
        topics_of(signed)


def test_a_listener_hears_its_own_topics_only():
    heard = asyncio.run(hear(Hub(), {"case:1"}, ["case:2", "case:1"], count=2))

    assert heard == ["case:1", None]


def test_everyone_hears_that_everything_changed():
    assert asyncio.run(hear(Hub(), {"case:1"}, [EVERYTHING], count=1)) == [EVERYTHING]


def test_a_page_that_does_not_keep_up_is_told_to_look_at_everything():
    heard = asyncio.run(hear(Hub(), {"case:1"}, ["case:1"] * 150, count=2))

    assert heard[0] == EVERYTHING


def test_a_listener_who_left_is_forgotten():
    hub = Hub()
    asyncio.run(hear(hub, {"case:1"}, ["case:1"], count=1))

    assert hub.listeners == 0


@pytest.mark.parametrize("payload", ["", "{", "7", '{"a": 1}'])
def test_an_announcement_that_cannot_be_read_means_everything(payload):
    assert read_announcement(payload) == {EVERYTHING}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("topics", "told"),
    [
        pytest.param(["b", "a", "b"], ["a", "b"], id="each once"),
        pytest.param([f"case:{n}" for n in range(2000)], [EVERYTHING], id="too many to name"),
    ],
)
def test_an_announcement_reaches_those_who_listen(worker_database, topics, told):
    with psycopg.connect(worker_database.roles.application, autocommit=True) as listening:
        listening.execute(f"LISTEN {live.CHANNEL}")
        with transaction.atomic():
            live.announce(topics)
        (notice,) = listening.notifies(timeout=5, stop_after=1)

    assert json.loads(notice.payload) == told
