"""A real mail store is read: soon, once, and past a server that goes away."""

import time

import pytest
from tests.channels.email.conftest import mail_of

from hark311.channels.email.mailbox import Reading, loops
from hark311.contacts.models import Draft
from hark311.platform import mailbox
from hark311.platform.mailbox import DONE, TOO_LARGE, Mailbox, address_of
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db(transaction=True)


def names_in(url: str) -> list[str]:
    with Mailbox(address_of(url)) as box:
        return list(box.ids())


def test_a_mail_becomes_a_draft_and_is_put_aside(city, post, dovecot):
    dovecot.deliver(mail_of())
    reading = Reading(dovecot.url)

    assert reading.read() == 1

    assert Draft.objects.count() == 1
    assert names_in(dovecot.url) == []
    assert names_in(dovecot.url.replace("INBOX", DONE)) == ["<one@people.test>"]


def test_news_end_the_waiting(city, post, dovecot):
    reading = Reading(dovecot.url)
    started = time.monotonic()
    dovecot.deliver(mail_of())

    while not reading.read():
        assert time.monotonic() - started < 4.5, "the mailbox did not say that mail came"
    reading.read()

    assert Draft.objects.count() == 1


def test_two_who_read_the_same_mailbox_make_one_draft(city, post, dovecot):
    dovecot.deliver(mail_of())
    first, second = Reading(dovecot.url), Reading(dovecot.url)

    first.read()
    dovecot.deliver(mail_of())
    second.read()

    assert Draft.objects.count() == 1
    assert len(post.taken) == 1


def test_a_signed_address_reaches_the_same_mailbox(told, dovecot):
    dovecot.deliver(
        mail_of("It grew.", to=told.reply_to), to=told.reply_to.replace("reply", "city")
    )

    Reading(dovecot.url).read()

    assert Draft.objects.count() == 0


def test_a_mail_that_is_too_large_is_told_of_and_stays(city, post, dovecot, monkeypatch):
    monkeypatch.setattr(mailbox, "LARGEST_BYTES", 1000)
    dovecot.deliver(mail_of("word " * 1000))

    Reading(dovecot.url).read()

    assert "40 MB" in Draft.objects.get().content["notes"]
    assert names_in(dovecot.url.replace("INBOX", TOO_LARGE)) == ["<one@people.test>"]


def test_a_server_that_is_away_is_asked_again(city, dovecot):
    reading = Reading("imap://city:secret@127.0.0.1:1/INBOX")

    assert reading.read() == 0


def test_a_wrong_password_stops_nothing(city, dovecot):
    assert Reading(dovecot.url.replace("secret", "wrong")).read() == 0


def test_without_a_mailbox_there_is_nothing_to_read(settings):
    settings.IMAP_URL = ""

    assert loops() == ()


@pytest.mark.parametrize("url", ["http://a@b/", "imaps://host-only", "imaps://u:p@h:nine/"])
def test_an_address_that_is_none_is_said_to_be_none(url):
    with pytest.raises(Trouble, match="imaps://user"):
        address_of(url)
