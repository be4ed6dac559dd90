"""Reads the bytes of a mail into a frozen record; decides nothing and keeps nothing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from hashlib import sha256

from html2text import HTML2Text

from hark311.domain.errors import UnreadablePayload
from hark311.domain.files import plain_name

# What the standard library raises over heads and bodies that no mail program would write.
_UNREADABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError, UnicodeError)
_LONGEST_KEY, _LONGEST_HEAD = 190, 1000
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", re.IGNORECASE)
_FAILED = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    """Something that came with a mail. name: plain, "" where it has none."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it came.

    sent_to: every address that it names. answers: the ids that it answers or refers to.
    is_automatic: made by a machine, so that it must not be answered. is_absence: an answer that
    a machine gave by itself, as while somebody is away. marks: of Authentication-Results, each
    with the server that gave them.
    """

    message_id: str
    digest: str
    sender: str
    sender_name: str
    sent_to: tuple[str, ...]
    subject: str
    text: str
    answers: str
    language: str
    is_automatic: bool
    is_absence: bool
    files: tuple[File, ...]
    marks: tuple[str, ...]

    @property
    def source_key(self) -> str:
        """By which a repeat is known: the mail's own id, or a digest where that will not do."""
        named = f"mail:{self.message_id}"
        return named if self.message_id and len(named) <= _LONGEST_KEY else f"mail:{self.digest}"

    def is_forged(self, authority: str) -> bool:
        """True if the server ``authority`` found that the sender is not who the mail says."""
        for mark in self.marks:
            server, _semicolon, results = mark.partition(";")
            if authority and server.strip().split(" ")[0].lower() == authority.lower():
                found = {name.lower(): said.lower() for name, said in _FAILED.findall(results)}
                return found.get("dmarc") == "fail"
        return False


def parsed(raw: bytes) -> EmailMessage:
    """The message of the bytes. Raises UnreadablePayload if they are none."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
    except _UNREADABLE as error:
        raise UnreadablePayload(channel="email", fault=type(error).__name__) from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadablePayload(channel="email", fault="no_head")
    return message


def read_mail(message: EmailMessage, raw: bytes) -> Mail:
    """The facts of a message. Raises UnreadablePayload."""
    try:
        return _read(message, raw)
    except _UNREADABLE as error:
        raise UnreadablePayload(channel="email", fault=type(error).__name__) from error


def head(message: EmailMessage, name: str) -> str:
    """A header on one line, cut to a length; "" if there is none."""
    return " ".join(_clean(str(message.get(name, ""))).split())[:_LONGEST_HEAD]


def _read(message: EmailMessage, raw: bytes) -> Mail:
    name, address = parseaddr(head(message, "From"))
    sent_to = [head(message, one) for one in ("To", "Cc", "Delivered-To", "X-Original-To")]
    return Mail(
        message_id=head(message, "Message-ID"),
        digest=sha256(raw).hexdigest(),
        sender=address.strip().lower()[:254],
        sender_name=name[:200],
        sent_to=tuple(one for one in sent_to if one),
        subject=head(message, "Subject"),
        text=_text(message),
        answers=f"{head(message, 'In-Reply-To')} {head(message, 'References')}",
        language=head(message, "Content-Language").split(",")[0].strip().lower(),
        is_automatic=_is_automatic(message, address),
        is_absence=_is_absence(message),
        files=tuple(_files(message)),
        marks=tuple(
            " ".join(str(one).split()) for one in message.get_all("Authentication-Results", ())
        ),
    )


def _is_automatic(message: EmailMessage, address: str) -> bool:
    """Nothing is answered that a machine wrote (RFC 3834), nor what came by a list."""
    said = head(message, "Auto-Submitted").lower()
    return (
        (bool(said) and not said.startswith("no"))
        or head(message, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}
        or head(message, "Return-Path") == "<>"
        or any(head(message, one) for one in ("List-Id", "X-Autoreply", "X-Autorespond"))
        or head(message, "X-Auto-Response-Suppress").lower() in {"all", "autoreply", "oof"}
        or _MACHINES.match(address) is not None
    )


def _is_absence(message: EmailMessage) -> bool:
    return (
        head(message, "Auto-Submitted").lower().startswith("auto-replied")
        or head(message, "Precedence").lower() == "auto_reply"
        or any(head(message, one) for one in ("X-Autoreply", "X-Autorespond"))
    )


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    said = _content(body)
    return _clean(_plain(said) if body.get_content_type() == "text/html" else said.strip())


def _clean(words: str) -> str:
    """Without signs that no database can hold, such as halves of a letter."""
    return "".join(
        sign for sign in words if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def _content(part: MIMEPart) -> str:
    """The words of a part, also where it names a character set that nobody knows."""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _plain(page: str) -> str:
    reader = HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_images = reader.ignore_emphasis = True
    return reader.handle(page).strip()


def _files(message: EmailMessage) -> Iterator[File]:
    body = message.get_body(preferencelist=("plain", "html"))
    for part in message.walk():
        name = plain_name(part.get_filename() or "")
        is_words = part is body or part.get_content_maintype() == "text"
        if part.is_multipart() or (is_words and not name):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield File(name, part.get_content_type(), payload)
