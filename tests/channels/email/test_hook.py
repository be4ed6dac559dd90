"""A provider hands mail in: signed, kept before it is answered, read soon after."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.conf import settings as django_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.channels.email.conftest import mail_of

from hark311.channels.email.jobs import take_kept
from hark311.contacts.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/channels/email/in/"


@pytest.fixture
def mailgun(settings) -> None:
    settings.MAIL_PROVIDER, settings.MAIL_SIGNING_KEY = "mailgun", "key"
    settings.ANYMAIL = {**django_settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": "key"}


def signed(key: str = "key", at: int | None = None) -> dict[str, str]:
    stamp = str(int(time.time()) if at is None else at)
    said = hmac.new(key.encode(), f"{stamp}token".encode(), hashlib.sha256).hexdigest()
    return {
        "timestamp": stamp,
        "token": "token",
        "signature": said,
        "recipient": "311@post.test",
        "sender": "ada@people.test",
        "body-mime": mail_of().as_string(),
    }


def test_a_signed_mail_is_kept_and_then_taken(client, city, post, mailgun):
    assert client.post(f"{HERE}mailgun", signed()).status_code == 204

    job = ProcrastinateJob.objects.get()
    take_kept(**job.args)
    assert Draft.objects.get().content["contact"]["email"] == "ada@people.test"


def test_the_same_mail_handed_in_twice_is_one_draft(client, city, post, mailgun):
    for _ in range(2):
        client.post(f"{HERE}mailgun", signed())
    for job in ProcrastinateJob.objects.all():
        take_kept(**job.args)

    assert Draft.objects.count() == 1


def test_a_wrong_signature_is_refused(client, city, mailgun):
    answer = client.post(f"{HERE}mailgun", signed("wrong"))

    assert answer.status_code == 403
    assert ProcrastinateJob.objects.count() == 0


def test_a_provider_that_is_not_set_is_not_there(client, city, settings, mailgun):
    settings.MAIL_PROVIDER = ""

    assert client.post(f"{HERE}mailgun", signed()).status_code == 404


def test_without_any_secret_nothing_is_taken(client, city, settings):
    settings.MAIL_PROVIDER = "postmark"
    settings.MAIL_HOOK_SECRET = settings.MAIL_SIGNING_KEY = ""

    assert client.post(f"{HERE}postmark", "{}", "application/json").status_code == 403


def test_a_secret_in_the_address_is_checked(client, city, post, settings):
    settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = "sparkpost", "us:er"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "us:er"}
    content = {"email_rfc822": mail_of().as_string(), "email_rfc822_is_base64": False}
    heads = {"protocol": "smtp", "msg_from": "ada@people.test", "rcpt_to": "311@post.test"}
    body = json.dumps([{"msys": {"relay_message": {"content": content, **heads}}}])
    right = "Basic " + base64.b64encode(b"us:er").decode()
    wrong = client.post(f"{HERE}sparkpost", body, "application/json")

    answer = client.post(f"{HERE}sparkpost", body, "application/json", HTTP_AUTHORIZATION=right)

    assert (wrong.status_code, answer.status_code) == (403, 204)


def test_what_is_no_mail_at_all_is_said_to_be_none(client, city, settings):
    settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = "postmark", "us:er"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "us:er"}
    right = "Basic " + base64.b64encode(b"us:er").decode()

    answer = client.post(f"{HERE}postmark", "no", "application/json", HTTP_AUTHORIZATION=right)

    assert answer.status_code == 400
