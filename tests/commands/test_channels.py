"""A channel is tried from end to end, and what is wrong is one line."""

import pytest
from tests.channels.email.conftest import dovecot
from tests.notifications.conftest import post

from hark311.commands.channels import TESTS
from hark311.commands.trying_channels import email

__all__ = ["dovecot", "post"]


@pytest.fixture(autouse=True)
def sender(settings) -> None:
    settings.DEFAULT_FROM_EMAIL, settings.EMAIL_FILE_PATH = "city@post.test", ""


def lines() -> list[tuple[bool, str]]:
    return [(step.is_well, step.line) for step in TESTS["email"]()]


def test_a_mail_that_goes_round_is_seen(post, dovecot, settings, monkeypatch):
    settings.IMAP_URL = dovecot.url
    sent = email._sent

    def send_and_deliver(name: str) -> str:
        fault = sent(name)
        [(_to, mail)] = post.taken
        dovecot.deliver(mail.as_bytes())
        return fault

    monkeypatch.setattr(email, "_sent", send_and_deliver)

    assert [is_well for is_well, _line in lines()] == [True, True]


def test_a_mail_that_does_not_come_is_said_to_be_lost(post, dovecot, settings, monkeypatch):
    settings.IMAP_URL = dovecot.url
    monkeypatch.setattr(email, "ROUND_TRIP_S", 0.2)

    is_well, line = lines()[-1]

    assert not is_well
    assert "never came to the folder INBOX" in line


def test_a_server_that_refuses_is_named(post, settings):
    post.sender_answer = "550 not you"

    assert lines()[0][0] is False


def test_without_a_mailbox_that_is_said(post, settings):
    settings.IMAP_URL = ""

    assert "HARK311_IMAP_URL" in lines()[-1][1]


def test_mail_that_goes_nowhere_is_said_to(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)

    assert lines() == [(False, f"mail lies in {tmp_path}: set EMAIL_URL to send it")]
