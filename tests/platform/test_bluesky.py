"""The account on Bluesky against a real personal data server, where npm has brought one.

mkdir FOLDER && npm install --prefix FOLDER @atproto/pds@0.4.217 @did-plc/server
HARK311_TEST_PDS=FOLDER script/test tests/platform/test_bluesky.py
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from hark311.platform.social.bluesky import BlueskyAccount
from hark311.platform.social.network import Away, Picture, Refused

FOLDER = os.environ.get("HARK311_TEST_PDS", "")
pytestmark = pytest.mark.skipif(
    not (FOLDER and shutil.which("node")),
    reason="test_bluesky: HARK311_TEST_PDS names no folder with @atproto/pds, or there is no node",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", str(Path(__file__).with_name("pds.cjs")), FOLDER, str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        next(line for line in process.stdout if line.startswith("ready"))
        address = f"http://127.0.0.1:{port}"
        made = requests.post(
            f"{address}/xrpc/com.atproto.server.createAccount",
            json={"handle": "city.test", "email": "city@post.test", "password": "secret"},
            timeout=20,
        )
        made.raise_for_status()
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def account(server) -> BlueskyAccount:
    return BlueskyAccount(server, "city.test", "secret")


def kept(server: str, uri: str) -> requests.Response:
    did, _mark, post = uri.removeprefix("at://").partition("/app.bsky.feed.post/")
    named = {"repo": did, "collection": "app.bsky.feed.post", "rkey": post}
    return requests.get(f"{server}/xrpc/com.atproto.repo.getRecord", params=named, timeout=20)


def test_the_server_knows_whose_account_it_is(account):
    assert account.name() == "city.test"


def test_a_post_stands_with_its_link_and_the_words_of_its_picture(server, account):
    drawn = BytesIO()
    Image.new("RGB", (20, 20), "red").save(drawn, "PNG")
    picture = Picture(drawn.getvalue(), "image/png", "A closed road")
    made = account.publish("Cerrado: https://city.test/1 hoy", language="es", picture=picture)

    post = kept(server, made.key).json()["value"]
    assert post["langs"] == ["es"]
    assert post["embed"]["images"][0]["alt"] == "A closed road"
    assert post["facets"][0]["features"][0]["uri"] == "https://city.test/1"


def test_an_answer_hangs_below_the_first_post_of_its_thread(server, account):
    first = account.publish("Closed.", language="en")
    second = account.publish("Until Friday.", language="en", answers=first.key)
    third = account.publish("Open.", language="en", answers=second.key)

    reply = kept(server, third.key).json()["value"]["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (first.key, second.key)


def test_what_is_taken_back_is_gone_and_may_be_taken_back_again(server, account):
    made = account.publish("Wrong.", language="en")
    account.take_back(made.key)
    account.take_back(made.key)

    assert kept(server, made.key).status_code == 400


def test_a_wrong_password_is_refused(server):
    with pytest.raises(Refused):
        BlueskyAccount(server, "city.test", "guess").publish("Hello", language="en")


def test_a_server_that_is_not_there_is_away():
    with pytest.raises(Away):
        BlueskyAccount("http://127.0.0.1:9", "city.test", "secret").publish("Hi", language="en")
