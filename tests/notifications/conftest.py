"""A real mail server, and what the city does: events to the feed, the feed to notices, out."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings

from hark311.config.mail_address import mail_at


@dataclass
class Post:
    """What the server took; it refuses an address with what is set for it."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 taken"
    sender_answer: str = ""
    port: int = 0

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.data_answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken += [(address, mail) for address in envelope.rcpt_tos]
        return self.data_answer

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for taken_for, mail in self.taken if taken_for == address]

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _mail in self.taken)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def point_at(settings, port: int) -> None:
    """Let mail leave as with EMAIL_URL=smtp://127.0.0.1:port."""
    mail = mail_at(f"smtp://127.0.0.1:{port}")
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = mail.backend, mail.host, port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """A server that takes mail at the address the settings give."""
    handler = Post(port=free_port())
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    point_at(settings, handler.port)
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def public_url(settings) -> str:
    settings.PUBLIC_URL = "https://311.test"
    settings.DEFAULT_FROM_EMAIL = "311@post.test"
    assert django_settings.PUBLIC_URL == settings.PUBLIC_URL
    return str(settings.PUBLIC_URL)
