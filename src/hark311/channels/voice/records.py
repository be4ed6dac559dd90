"""Where a caller is, what they did, and what they are told: values between request and answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

MENU_SECONDS, RELAY_SECONDS = 6, 60
RECORD_SECONDS = 120


class Did(StrEnum):
    """What the caller did since the last answer."""

    NOTHING = "nothing"
    KEYS = "keys"
    RECORDED = "recorded"
    DIALED = "dialed"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the caller did. text: the keys, where the recording is, how dialing ended."""

    did: Did
    text: str = ""

    @property
    def key(self) -> str:
        """What was pressed, '' if nothing was."""
        return self.text if self.did is Did.KEYS else ""


@dataclass(frozen=True, slots=True)
class Session:
    """Where a caller is. node: as "menu:main"; trail: the nodes before; talk: of a report.

    number: of the case spoken about. reports: how many were sent in this call.
    """

    node: str
    trail: tuple[str, ...] = ()
    language: str = ""
    talk: Mapping[str, Any] | None = None
    number: str = ""
    typed: str = ""
    reports: int = 0
    misses: int = 0
    waits: int = 0
    is_relay: bool = False
    recording: str = ""
    dialing: str = ""

    def to(self, node: str) -> "Session":
        """The caller at another node; from there one can come back here."""
        trail = self.trail if node == self.node else (*self.trail, self.node)
        return replace(self, node=node, trail=trail[-12:], misses=0, waits=0)

    def back(self) -> "Session":
        """One node back; at the first one the caller stays."""
        if not self.trail:
            return self
        return replace(self, node=self.trail[-1], trail=self.trail[:-1], misses=0, waits=0)


def kept(session: Session) -> dict[str, Any]:
    """The session in values that JSON knows."""
    return asdict(session)


def session_of(state: Mapping[str, Any]) -> Session:
    """The session that was kept."""
    known = {one.name for one in fields(Session)}
    values = {name: value for name, value in state.items() if name in known}
    return Session(**{**values, "trail": tuple(values.get("trail", ()))})


@dataclass(frozen=True, slots=True)
class Said:
    """Words to speak; language: where it is another than the caller's. prompt: its file's name."""

    text: str
    language: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Listen for keys. most: so many at once; 0 for any number, up to the pound key."""

    most: int = 1
    seconds: int = MENU_SECONDS


@dataclass(frozen=True, slots=True)
class Recording:
    """Record what the caller says until silence or a key."""

    seconds: int = RECORD_SECONDS


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect the caller to another telephone."""

    to: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Nothing more."""


Then = Keys | Recording | Dial | HangUp


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and then what is listened for."""

    says: tuple[Said, ...]
    then: Then
