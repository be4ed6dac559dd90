"""What a transport to a social network can do, and how it says that it could not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

TIMEOUT_S = 20


class Away(Exception):
    """The network cannot be reached or asks to wait: a later try may do."""


class Refused(Exception):
    """The network will not have this, however often it is tried. reason: a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words for those who do not see it. address: where anybody may fetch it."""

    content: bytes
    content_type: str
    alternative: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """key: by which the network knows it. address: where people see it, "" if not known."""

    key: str
    address: str = ""


class Connection(Protocol):
    """The city's own account on a network. Each may raise Away or Refused."""

    def name(self) -> str:
        """Whose account it is, as the network says."""
        ...

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        """Write to everybody; answers: the post that it answers, "" for none."""
        ...

    def take_back(self, key: str) -> None:
        """Remove what was published; nothing happens if it is gone."""
        ...

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        """Write to one person alone; return the key of the message."""
        ...


class Polled(Connection, Protocol):
    """A network that is asked what is new, as it does not tell by itself."""

    def news(self) -> Iterable[Mapping[str, Any]]:
        """The latest mentions and messages as the network gives them, the newest first."""
        ...


def refused_by(status: int) -> Exception:
    """What an answer with this status means."""
    is_later = status in {408, 425, 429} or status >= 500
    return Away(str(status)) if is_later else Refused(f"status_{status}")
