"""Accounts on networks speak to a server of the documented shape, and say what went wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from hark311.platform.social.mastodon import MastodonAccount
from hark311.platform.social.meta import MetaAccount
from hark311.platform.social.network import Away, Picture, Refused
from hark311.platform.social.rehearsal import Rehearsal

PICTURE = Picture(b"\x89PNG", "image/png", "A closed road", "https://city.test/media/1.png")
STATUS = {
    "id": "77",
    "url": "https://social.test/@city/77",
    "content": "<p>Hello</p>",
    "created_at": "2026-06-01T12:00:00.000Z",
}


@dataclass
class Network:
    """A server that notes what it is asked, and answers as it is told."""

    address: str = ""
    status: int = 200
    answer: Any = field(default_factory=lambda: STATUS)
    asked: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture
def network() -> Iterator[Network]:
    shared = Network()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # as the library asks for it
            length = int(self.headers.get("Content-Length") or 0)
            said = self.rfile.read(length).decode("utf-8", "replace")
            shared.asked.append((self.command, self.path, said))
            body = json.dumps(shared.answer).encode()
            self.send_response(shared.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_DELETE = do_POST  # noqa: N815

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shared.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield shared
    server.shutdown()


def test_mastodon_gets_a_public_post_in_its_language(network):
    account = MastodonAccount(network.address, "token")
    made = account.publish("Elm Street is closed.", language="es", answers="5")

    assert (made.key, made.address) == ("77", "https://social.test/@city/77")
    verb, path, said = network.asked[-1]
    assert (verb, path) == ("POST", "/api/v1/statuses")
    assert all(part in said for part in ("visibility=public", "language=es", "in_reply_to_id=5"))


def test_a_message_on_mastodon_is_for_one_alone(network):
    MastodonAccount(network.address, "token").write_to("ada@social.test", "Where is it?")

    _verb, _path, said = network.asked[-1]
    assert "visibility=direct" in said
    assert "%40ada%40social.test" in said


def test_what_is_gone_from_mastodon_may_be_taken_back_again(network):
    network.status, network.answer = 404, {"error": "Record not found"}

    MastodonAccount(network.address, "token").take_back("77")

    assert network.asked[-1][:2] == ("DELETE", "/api/v1/statuses/77")


@pytest.mark.parametrize(
    ("status", "fault"), [(422, Refused), (403, Refused), (503, Away), (429, Away)]
)
def test_mastodon_says_whether_another_try_may_do(network, status, fault):
    network.status, network.answer = status, {"error": "no"}

    with pytest.raises(fault):
        MastodonAccount(network.address, "token").publish("Hello", language="en")


def meta(network: Network, kind: str) -> MetaAccount:
    return MetaAccount(kind, "OWN", "token", graph=network.address)


def test_a_whatsapp_message_goes_to_one_number(network):
    network.answer = {"messages": [{"id": "wamid.9"}]}
    key = meta(network, "whatsapp").write_to("14045550123", "Where is it?")

    _verb, path, said = network.asked[-1]
    assert (key, path) == ("wamid.9", "/OWN/messages")
    assert json.loads(said)["text"] == {"body": "Where is it?"}


def test_a_comment_is_answered_alone_by_its_id(network):
    network.answer = {"message_id": "m9"}
    meta(network, "instagram").write_to("ig-ada", "Where is it?", answers="c1")

    assert json.loads(network.asked[-1][2])["recipient"] == {"comment_id": "c1"}


def test_a_picture_on_facebook_has_its_words(network):
    network.answer = {"id": "1", "post_id": "OWN_1"}
    made = meta(network, "facebook").publish("Closed.", language="en", picture=PICTURE)

    said = json.loads(network.asked[-1][2])
    assert made.key == "OWN_1"
    assert said["alt_text_custom"] == "A closed road"


def test_instagram_takes_nothing_without_a_picture(network):
    with pytest.raises(Refused):
        meta(network, "instagram").publish("Closed.", language="en")


@pytest.mark.parametrize(("status", "fault"), [(400, Refused), (500, Away), (429, Away)])
def test_meta_says_whether_another_try_may_do(network, status, fault):
    network.status = status

    with pytest.raises(fault):
        meta(network, "facebook").publish("Closed.", language="en")


def test_a_server_that_is_not_there_is_away():
    with pytest.raises(Away):
        MetaAccount("facebook", "OWN", "t", graph="http://127.0.0.1:9").publish("x", language="en")


def test_a_rehearsal_reaches_nobody_and_is_taken_back(settings, tmp_path):
    settings.DATA = tmp_path
    account = Rehearsal("x")
    made = account.publish("Closed.", language="en")
    kept = tmp_path / "outbox" / "social" / f"{made.key}.json"
    assert json.loads(kept.read_text())["text"] == "Closed."

    account.take_back(made.key)
    assert not kept.exists()
