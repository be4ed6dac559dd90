"""What a plan is made of: lives of true things, the reports about them, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hark311.catalog.queries import Service
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel


class Deed(StrEnum):
    """What somebody does."""

    REPORT = "report"
    JOIN = "join"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    NOTE = "note"
    NOTE_INSIDE = "note_inside"
    RAISE = "raise"
    ASSIGN = "assign"
    WAIT = "wait"
    RESUME = "resume"
    TRANSFER = "transfer"
    ASK = "ask"
    ANSWER = "answer"
    ORDER = "order"
    SEND_ORDER = "send_order"
    FINISH_ORDER = "finish_order"
    FOLLOW = "follow"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    RATE = "rate"
    DISPUTE = "dispute"
    DECLINE = "decline"
    REOPEN = "reopen"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report says it is."""

    point: Point
    address: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report: all that a channel would read. essence: its words without the place."""

    key: str
    at: datetime
    channel: Channel
    language: str
    text: str
    essence: str
    place: Place
    answers: Mapping[str, tuple[str, ...]]
    email: str


@dataclass(frozen=True, slots=True)
class Step:
    """One deed. thing: the number of the incident within its life; report: whose case.

    choice: an outcome, what is waited for, or a kind of work. queue_id: where it goes.
    other: the incident that another is merged into, or that is taken apart from it.
    """

    at: datetime
    deed: Deed
    thing: int = 0
    report: int = 0
    text: str = ""
    choice: str = ""
    detail: str = ""
    stars: int = 0
    queue_id: int = 0
    other: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One true thing in the world and all that comes of it, in the order of time.

    is_real: False for spam, behind which there is nothing.
    """

    key: str
    service: Service
    reports: tuple[Report, ...]
    steps: tuple[Step, ...]
    is_real: bool = True
