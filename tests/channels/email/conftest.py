"""A city with people who had notices, and mails as real programs write them."""

import shutil
import smtplib
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.cases.make import City, make_case, make_city, make_person
from tests.notifications.conftest import free_port, post, public_url
from tests.notifications.life import tell

from hark311.notifications.addresses import message_id, reply_address
from hark311.notifications.models import Notice

__all__ = ["post", "public_url"]

ADA = "ada@people.test"
_DOVECOT = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")


def mail_of(
    text: str = "There is a deep pothole on the road.",
    *,
    sender: str = "Ada Poe <ada@people.test>",
    to: str = "311@post.test",
    subject: str = "Pothole",
    message_id: str = "<one@people.test>",
    **heads: str,
) -> EmailMessage:
    """A mail; heads: further headers, with _ for -."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, to, subject, message_id
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


@dataclass(frozen=True)
class Told:
    """A case whose reporter was told something by mail."""

    case_id: int
    number: str
    notice: Notice

    @property
    def reply_to(self) -> str:
        return reply_address(self.notice.pk)

    @property
    def message_id(self) -> str:
        return message_id(self.notice.pk)


@pytest.fixture
def city(db, frozen_clock) -> City:
    return make_city()


@pytest.fixture
def told(city, post) -> Told:
    """Ada's case, of which she got the first notice."""
    case = make_case(person=make_person(email=ADA))
    tell()
    return Told(case.pk, case.number, Notice.objects.get(case=case))


@dataclass
class Dovecot:
    """A real mail store: LMTP takes, IMAP gives."""

    imap_port: int
    lmtp_port: int

    @property
    def url(self) -> str:
        return f"imap://city:secret@127.0.0.1:{self.imap_port}/INBOX"

    def deliver(self, mail: EmailMessage | bytes, to: str = "city") -> None:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail("sender@people.test", [to], raw)


_CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
recipient_delimiter = +
auth_username_format = %Ln
mail_location = maildir:{home}/mail/%n
first_valid_uid = 1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
  chroot =
}}
service anvil {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


@pytest.fixture
def dovecot(tmp_path_factory) -> Iterator[Dovecot]:
    """A Dovecot of this test alone."""
    if _DOVECOT is None:
        pytest.skip("no Dovecot is installed (Debian: dovecot-imapd, dovecot-lmtpd)")
    home = Path("/tmp") / f"dc{free_port()}"  # noqa: S108  # its sockets need a short path
    (home / "mail").mkdir(parents=True)
    home.chmod(0o755)
    (home / "mail").chmod(0o777)
    server = Dovecot(imap_port=free_port(), lmtp_port=free_port())
    config = home / "dovecot.conf"
    config.write_text(_CONFIG.format(home=home, imap=server.imap_port, lmtp=server.lmtp_port))
    process = subprocess.Popen([_DOVECOT, "-F", "-c", str(config)])
    try:
        _until(lambda: _answers(server), home / "log")
        yield server
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _answers(server: Dovecot) -> bool:
    try:
        with smtplib.LMTP("127.0.0.1", server.lmtp_port, timeout=2):
            return True
    except OSError:
        return False


def _until(is_so: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + 15
    while not is_so():
        if time.monotonic() > deadline:
            said = log.read_text() if log.exists() else "nothing"
            pytest.skip(f"Dovecot does not start here: {said[-400:]}")
        time.sleep(0.05)
