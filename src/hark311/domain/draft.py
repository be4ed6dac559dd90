"""What crosses the one way in: the drafts that channels hand over, the receipts they word."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from hark311.domain.chain import canonical
from hark311.domain.errors import NaiveTimestamp
from hark311.domain.lifecycle import State
from hark311.domain.next_steps import NextStep
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, HazardLevel, InteractionKind

_NOT_SAID = frozenset({"source_key", "received_at", "original"})


class ReplyKind(StrEnum):
    """What somebody says more about a case; a status comes from a trusted key only."""

    WORDS = "words"
    ANSWER = "answer"
    DISPUTE = "dispute"
    WITHDRAW = "withdraw"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    RATE = "rate"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Contact:
    """How a reporter may be reached; every part may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    wants_updates: bool = True


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """A matter as a channel read it, before any rule has looked at it.

    source_key: what makes a repeat of the same message recognizable within its channel.
    area: as "layer:code". attachments: storage keys of pictures kept. join_incident: the
    candidate the sender chose; acknowledge_candidates: the sender saw the candidates and means
    none of them. beside_alerts: the sender knows what the city says is wrong, and means another
    matter. original: the storage key of the message as it came, kept as evidence.

    Raises NaiveTimestamp if ``received_at`` has no zone.
    """

    jurisdiction_id: int
    channel: Channel
    source_key: str
    received_at: datetime
    language: str = "en"
    kind: InteractionKind = InteractionKind.REQUEST
    service_code: str = ""
    description: str = ""
    point: Point | None = None
    address_text: str = ""
    address_id: str = ""
    area: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contact: Contact = field(default_factory=Contact)
    media_urls: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    join_incident: int | None = None
    acknowledge_candidates: bool = False
    beside_alerts: bool = False
    wants_public: bool = True
    handler_account_id: int | None = None
    device: str = ""
    original: str = ""

    def __post_init__(self) -> None:
        _require_zone(self.received_at)

    def body_digest(self) -> str:
        """Return the hex digest of all that was said: the same for a repeat of the message.

        When it came and under which key are left out.
        """
        return _digest(self)


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """More about a case as a channel read it. token, email and phone: who says it is theirs.

    attachments: storage keys of pictures kept, which words and a status may bring.
    original: the storage key of the message as it came, kept as evidence.

    Raises NaiveTimestamp if ``received_at`` has no zone.
    """

    jurisdiction_id: int
    channel: Channel
    source_key: str
    received_at: datetime
    language: str = "en"
    kind: ReplyKind = ReplyKind.WORDS
    text: str = ""
    rating: int | None = None
    is_fixed: bool | None = None
    media_urls: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    token: str = ""
    email: str = ""
    status: str = ""
    phone: str = ""
    original: str = ""

    def __post_init__(self) -> None:
        _require_zone(self.received_at)

    def body_digest(self) -> str:
        """Return the hex digest of all that was said: the same for a repeat of the message."""
        return _digest(self)


@dataclass(frozen=True, slots=True)
class OfferedCandidate:
    """An open incident that may be the same, as far as the public may see it."""

    incident_id: int
    number: str
    service_code: str
    service_name: str
    place_text: str
    distance_m: int
    opened_at: datetime
    is_open: bool = True
    text: str = ""
    # Where its picture is, '' if none may be shown; the state it is in; how many told of it;
    # where it is, if that is known to the point.
    picture: str = ""
    state: State = State.RECEIVED
    told: int = 1
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger found in what was said. line: "911", "988" or "211"; "" if there is none."""

    level: HazardLevel
    kind: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer on the same channel; without a case for an inquiry or an offer of candidates.

    token: the tracking secret, or the token of Open311. promise_due_at: None where the
    service makes no promise. alert_id: the disruption that took it up, if one did.
    """

    number: str
    case_id: int | None = None
    incident_id: int | None = None
    language: str = "en"
    is_repeat: bool = False
    state: State | None = None
    candidates: tuple[OfferedCandidate, ...] = ()
    hazard: Hazard | None = None
    token: str = ""
    promise_due_at: datetime | None = None
    interaction_reference: str = ""
    next_step: NextStep | None = None
    alert_id: int | None = None


def _require_zone(received_at: datetime) -> None:
    if received_at.utcoffset() is None:
        raise NaiveTimestamp(received_at=received_at.isoformat())


def _digest(draft: IntakeDraft | ReplyDraft) -> str:
    said = {name: fact for name, fact in _spread(draft).items() if name not in _NOT_SAID}
    return sha256(canonical(said)).hexdigest()


def _spread(record: object) -> dict[str, object]:
    """Return the fields of a dataclass, and of those within it, by name."""
    if not is_dataclass(record):
        raise TypeError(f"{type(record).__name__} is no dataclass")
    spread: dict[str, object] = {}
    for one in fields(record):
        fact: object = getattr(record, one.name)
        spread[one.name] = _spread(fact) if is_dataclass(fact) else fact
    return spread
