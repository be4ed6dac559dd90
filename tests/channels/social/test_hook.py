"""Providers hand in what people said: proved over the raw body, kept, taken once."""

import json

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.channels.social.conftest import work_off
from tests.channels.social.payloads import (
    VERIFY,
    X_KEYS,
    messenger,
    post_meta,
    post_x,
    tweet,
)

from hark311.channels.social.hook import OLDEST
from hark311.contacts.models import Draft, Tally
from hark311.platform import clock
from hark311.platform.social.signatures import answer_to_x

pytestmark = pytest.mark.django_db


def refusals() -> dict[str, int]:
    return dict(Tally.objects.filter(channel="social").values_list("name", "count"))


def test_meta_gets_its_challenge_back_for_the_agreed_word(client, city):
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = client.get("/channels/social/meta", asked)

    assert (answer.status_code, answer.content) == (200, b"1158201444")


def test_another_word_gets_nothing(client, city):
    asked = {"hub.verify_token": "guess", "hub.challenge": "1"}

    assert client.get("/channels/social/meta", asked).status_code == 403
    assert refusals() == {"refused:handshake": 1}


def test_x_is_shown_that_we_know_the_secret(client, city):
    answer = client.get("/channels/social/x", {"crc_token": "abc"})

    assert answer.json() == {"response_token": answer_to_x(X_KEYS[1], b"abc")}


def test_without_a_secret_no_handshake_succeeds(client, city, settings):
    settings.X_KEYS, settings.META_VERIFY_TOKEN = (), ""

    assert client.get("/channels/social/x", {"crc_token": "abc"}).status_code == 403
    assert client.get("/channels/social/meta", {"hub.verify_token": ""}).status_code == 403


@pytest.mark.parametrize(
    ("post", "payload"), [pytest.param(post_meta, messenger, id="Meta"), (post_x, tweet)]
)
def test_what_is_signed_is_kept_and_then_taken(client, city, post, payload):
    assert post(client, payload()).status_code == 200

    work_off()
    assert "pothole" in Draft.objects.get().content["description"]


@pytest.mark.parametrize(
    ("post", "payload"), [pytest.param(post_meta, messenger, id="Meta"), (post_x, tweet)]
)
def test_a_wrong_signature_is_refused_and_counted(client, city, post, payload):
    answer = post(client, payload(), secret="guess")

    assert answer.status_code == 403
    assert refusals() == {"refused:signature": 1}
    assert ProcrastinateJob.objects.count() == 0


def test_without_any_secret_nothing_is_taken(client, city, settings):
    settings.META_APP_SECRET, settings.X_KEYS = "", ()

    assert post_meta(client, messenger(), secret="").status_code == 403
    assert post_x(client, tweet(), secret="").status_code == 403


def test_the_signature_is_over_the_bytes_as_they_came(client, city):
    body = json.dumps(messenger(), indent=3).encode()
    said = {"X-Hub-Signature-256": "sha256=" + "0" * 64}

    refused = client.post("/channels/social/meta", body, "application/json", headers=said)
    assert refused.status_code == 403


def test_what_is_too_old_is_refused_and_counted(client, city):
    old = tweet(at=clock.now() - OLDEST * 2)

    assert post_x(client, old).status_code == 403
    assert refusals() == {"refused:old": 1}


def test_a_repeated_signature_is_refused_and_gives_nothing_twice(client, city):
    payload = messenger()
    first, second = post_meta(client, payload), post_meta(client, payload)
    work_off()
    work_off()

    assert (first.status_code, second.status_code) == (200, 403)
    assert refusals() == {"refused:repeated": 1}
    assert Draft.objects.count() == 1


def test_the_same_message_in_another_delivery_is_one_draft(client, city):
    payload = messenger()
    post_meta(client, payload)
    payload["entry"][0]["time"] += 1
    assert post_meta(client, payload).status_code == 200
    work_off()

    assert Draft.objects.count() == 1
    assert Draft.objects.get().interaction.messages.filter(is_inbound=True).count() == 1


def test_receipts_and_own_words_make_no_draft(client, city):
    echo = messenger(is_echo=True)

    assert post_meta(client, echo).status_code == 200
    assert ProcrastinateJob.objects.count() == 0


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"x"', b'{"object":"page","entry":[1,{}]}'])
def test_a_signed_body_of_another_shape_does_no_harm(client, city, body):
    answer = post_meta(client, json.loads(body))

    assert answer.status_code == 200
    assert ProcrastinateJob.objects.count() == 0
