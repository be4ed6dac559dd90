"""What somebody wants to be told, by which channel; some things are told whoever is reached."""

from dataclasses import dataclass
from enum import StrEnum


class WishChannel(StrEnum):
    """How somebody may want to be told. Only mail is sent so far; a letter or a text fits in."""

    EMAIL = "email"
    SMS = "sms"
    POST = "post"


class Topic(StrEnum):
    """What may be left out. Numbers, questions and answers to a person always come."""

    PROGRESS = "progress"
    CLOSING = "closing"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Wish:
    """What one person wants by one channel. address: '' for the one given with each report."""

    channel: WishChannel = WishChannel.EMAIL
    is_on: bool = True
    address: str = ""
    language: str = "en"
    topics: frozenset[Topic] = frozenset(Topic)

    def wants(self, topic: Topic | None) -> bool:
        """True if it is to be told. topic: None for what always comes while the channel is on."""
        return self.is_on and (topic is None or topic in self.topics)
