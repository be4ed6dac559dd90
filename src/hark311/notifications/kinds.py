"""Which events people are told about, and as what."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hark311.cases.feed import FeedItem
from hark311.catalog.pack.pack_format import NoticeKind
from hark311.domain.vocabulary import EventKind, Origin, StreamKind, Visibility
from hark311.domain.wishes import Topic


class Kind(StrEnum):
    """What a notice is about. ``moved`` is worded by a city as ``update`` is."""

    OPENED = "opened"
    QUESTION = "question"
    UPDATE = "update"
    CLOSED = "closed"
    REOPENED = "reopened"
    DISPUTE_ANSWERED = "dispute_answered"
    MOVED = "moved"
    SURVEY = "survey"

    @property
    def worded_as(self) -> NoticeKind | None:
        """The wording of a city pack that holds for it; None where a city words none."""
        if self is Kind.SURVEY:
            return None
        return NoticeKind.UPDATE if self is Kind.MOVED else NoticeKind(self.value)

    @property
    def topic(self) -> Topic | None:
        """What a person may leave out; None for what always comes."""
        return _TOPICS.get(self)

    @property
    def template(self) -> str:
        """The name of the built-in words."""
        return (Kind.UPDATE if self is Kind.MOVED else self).value


_TOPICS: Mapping[Kind, Topic] = MappingProxyType(
    {
        Kind.UPDATE: Topic.PROGRESS,
        Kind.MOVED: Topic.PROGRESS,
        Kind.CLOSED: Topic.CLOSING,
        Kind.REOPENED: Topic.CLOSING,
        Kind.SURVEY: Topic.SURVEY,
    }
)
# What is not here stands in the timeline alone: nobody is written to because work started.
TOLD: Mapping[EventKind, Kind] = MappingProxyType(
    {
        EventKind.RECEIVED: Kind.OPENED,
        EventKind.JOINED: Kind.OPENED,
        EventKind.ASKED: Kind.QUESTION,
        EventKind.ACKNOWLEDGED: Kind.UPDATE,
        EventKind.NOTED: Kind.UPDATE,
        EventKind.WAITED: Kind.UPDATE,
        EventKind.EXPECTED_SET: Kind.UPDATE,
        EventKind.TRANSFERRED: Kind.UPDATE,
        EventKind.SERVICE_CHANGED: Kind.UPDATE,
        EventKind.PLACE_CORRECTED: Kind.UPDATE,
        EventKind.MERGED_INTO: Kind.MOVED,
        EventKind.MERGED_FROM: Kind.UPDATE,
        EventKind.UNMERGED_BACK: Kind.MOVED,
        EventKind.SPLIT_FROM: Kind.MOVED,
        EventKind.CLOSED: Kind.CLOSED,
        EventKind.SURVEY_ASKED: Kind.SURVEY,
        EventKind.REOPENED: Kind.REOPENED,
        EventKind.DISPUTE_UPHELD: Kind.DISPUTE_ANSWERED,
        EventKind.DISPUTE_DECLINED: Kind.DISPUTE_ANSWERED,
    }
)


def kind_of(item: FeedItem) -> Kind | None:
    """What people are told because of an event; None if they are told nothing.

    A case that an upheld dispute took to an incident of its own is told once, by the answer.
    Those to whom neighbors' reports were added hear of it only if staff wrote words about it.
    """
    if item.origin is not Origin.LIVE or item.stream_kind is not StreamKind.INCIDENT:
        return None
    if item.visibility is Visibility.STAFF or item.facts is None:
        return None
    if item.kind is EventKind.SPLIT_FROM and item.facts.get("reason") != "split":
        return None
    if item.kind is EventKind.MERGED_FROM and not item.facts.get("text"):
        return None
    return TOLD.get(item.kind)
