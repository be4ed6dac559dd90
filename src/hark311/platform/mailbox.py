"""The mailbox that residents write to, over IMAP: each mail is handed over, then put aside."""

import imaplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from hark311.platform.trouble import Trouble

LARGEST_BYTES = 40 * 1024 * 1024
DONE, TOO_LARGE = "Hark311", "Hark311-too-large"
TIMEOUT_S = 30.0
# With this head a mail is one that the place wrote to itself, to see whether it comes back.
TEST_HEADER = "X-Hark311-Test"
# What goes wrong between us and the server: a later try may do.
AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError)
_FORM = "HARK311_IMAP_URL must be as imaps://user:password@host/INBOX"

Take = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mailbox is, and who reads it."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool

    def in_folder(self, folder: str) -> "Address":
        """The same mailbox, another folder of it."""
        return replace(self, folder=folder)


def address_of(url: str) -> Address:
    """Read the address of a mailbox. Raises Trouble if it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Trouble(_FORM) from None
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise Trouble(_FORM)
    is_tls = parts.scheme == "imaps"
    return Address(
        host=parts.hostname,
        port=port or (993 if is_tls else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_tls=is_tls,
    )


class Mailbox:
    """An open mailbox; use it with ``with``. Any method may raise what is in AWAY."""

    def __init__(self, address: Address) -> None:
        kind = MailBox if address.is_tls else MailBoxUnencrypted
        self._box: BaseMailBox = kind(address.host, address.port, timeout=TIMEOUT_S)
        self._box.login(address.user, address.password, initial_folder=address.folder)
        for folder in (DONE, TOO_LARGE):
            if not self._box.folder.exists(folder):
                self._box.folder.create(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye; nothing happens if the server is gone."""
        try:
            self._box.logout()
        except AWAY:
            return

    def take_each(self, take: Take, take_head: Take, *, at_most: int = 50) -> int:
        """Hand over what lies in the folder, the oldest first, and put each aside once it is taken.

        take_head: is given only the head of a mail over 40 MB, which stays in a folder for a
        person to look at. A mail whose taking raises stays where it is. Returns how many.
        """
        taken = 0
        for uid in self._box.uids()[:at_most]:
            if self._size(uid) > LARGEST_BYTES:
                take_head(self._part(uid, "BODY.PEEK[HEADER]"))
                self._box.move(uid, TOO_LARGE)
            else:
                take(self._part(uid, "BODY.PEEK[]"))
                self._box.move(uid, DONE)
            taken += 1
        return taken

    def wait(self, at_most_s: float) -> bool:
        """Wait for mail to come (IDLE); True if there is news before the time is over."""
        return bool(self._box.idle.wait(timeout=at_most_s))

    def ids(self) -> Iterator[str]:
        """The Message-ID of each mail in the folder."""
        for mail in self._box.fetch(headers_only=True, mark_seen=False):
            yield str(mail.obj["Message-ID"] or "")

    def _size(self, uid: str) -> int:
        _status, answer = self._box.client.uid("fetch", uid, "(RFC822.SIZE)")
        words = answer[0].decode("ascii", "replace") if answer and answer[0] else ""
        digits = words.partition("RFC822.SIZE ")[2].rstrip(")").split(" ")[0]
        return int(digits) if digits.isdecimal() else 0

    def _part(self, uid: str, part: str) -> bytes:
        _status, answer = self._box.client.uid("fetch", uid, f"({part})")
        return next((bytes(one[1]) for one in answer if isinstance(one, tuple)), b"")
