"""Runs what the worker's loops run, in order, until nothing is left to do."""

from email.message import EmailMessage

from hark311.cases import feed
from hark311.notifications.reader import NoticeReader
from hark311.notifications.sending import send_waiting


def read_events() -> None:
    """Put what was committed into the feed, and let the reader of notices take it."""
    sequencer = feed.Sequencer()
    while sequencer.run_once():
        pass
    while feed.run_reader(NoticeReader()):
        pass


def tell() -> None:
    """Everything from events to sent mail."""
    read_events()
    while send_waiting():
        pass


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("html",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
