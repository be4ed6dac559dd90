"""The rest of a pack, routing, areas and messages, and the pack as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from hark311.catalog.pack.answer_format import Article
from hark311.catalog.pack.city_format import (
    BOX,
    RING,
    Calendar,
    City,
    Department,
    Hotline,
    Language,
    Lonlat,
    Neighbor,
    Pathway,
    Queue,
    Sides,
    Texts,
)
from hark311.catalog.pack.ground_format import Landmark, Street
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.phone_format import Phone
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.service_format import (
    CHANNELS,
    LOCAL_CODE,
    STAFF_OUTCOMES,
    Group,
    Service,
)
from hark311.catalog.pack.shapes import (
    DAYS,
    SPANS,
    TEXT,
    TEXTS,
    CodeOf,
    Flag,
    ListOf,
    MapOf,
    OneOf,
    RefTo,
    Text,
)
from hark311.catalog.pack.times import Span
from hark311.domain.canned import TextUse
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Channel, Outcome


class NoticeKind(StrEnum):
    """The later messages whose wording a city may change."""

    OPENED = "opened"
    QUESTION = "question"
    UPDATE = "update"
    CLOSED = "closed"
    REOPENED = "reopened"
    DISPUTE_ANSWERED = "dispute_answered"


_ANYWHERE = frozenset({"city", "number", "service", "department", "next_step", "link"})

PLACEHOLDERS: Mapping[NoticeKind, frozenset[str]] = MappingProxyType(
    {
        NoticeKind.OPENED: _ANYWHERE | {"promise", "due"},
        NoticeKind.QUESTION: _ANYWHERE | {"question", "answer_by"},
        NoticeKind.UPDATE: _ANYWHERE | {"update"},
        NoticeKind.CLOSED: _ANYWHERE | {"outcome", "closing", "dispute_link", "dispute_by"},
        NoticeKind.REOPENED: _ANYWHERE | {"reason"},
        NoticeKind.DISPUTE_ANSWERED: _ANYWHERE | {"decision", "reason"},
    }
)
"""What a message may hold in braces, as ``{number}``, per notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """Sends what meets all of its conditions to a queue. The first rule that fits decides."""

    at: Place
    code: Word = needed(CodeOf("rule"), "Stable code.")
    name: Word = needed(TEXT, "Why here, for staff.")
    queue: Word = needed(RefTo("queue"), "Where it sends.")
    services: tuple[Word, ...] = defaulted(ListOf(RefTo("service")), (), "Any of these services.")
    areas: tuple[Word, ...] = defaulted(
        ListOf(RefTo("area")), (), "Any of these areas, as `layer:code`."
    )
    weekdays: tuple[int, ...] | None = optional(DAYS, "On these days, in the city's zone.")
    hours: tuple[Span, ...] | None = optional(SPANS, "At these times, in the city's zone.")
    answers: Mapping[Word, tuple[Word, ...]] | None = optional(
        MapOf(TEXT, ListOf(TEXT, least=1)),
        "Question codes and the choices that fit; all its services ask these questions.",
    )
    channels: tuple[Channel, ...] = defaulted(
        ListOf(OneOf("channel", CHANNELS)), (), "Any of these ways in."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A named piece of the city: give `box` or `polygon`, or take the layer from a file."""

    at: Place
    code: Word = needed(LOCAL_CODE, "Stable code, unique in its layer.")
    names: Texts | None = optional(TEXTS, "Its name; else its code.")
    box: Sides | None = optional(BOX, "The outline as a rectangle.")
    polygon: tuple[Lonlat, ...] | None = optional(
        RING, "The outline as a closed ring of points; the last equals the first."
    )
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A division of the city into areas: neighborhoods, districts."""

    at: Place
    code: Word = needed(CodeOf("layer"), "Stable code.")
    names: Texts = needed(TEXTS, "What one of its areas is called.")
    schematic: bool = defaulted(Flag(), False, "True if the outlines are sketches.")
    areas: tuple[Area, ...] = defaulted(ListOf(RecordOf(Area)), (), "Areas written in the pack.")
    geojson: Word | None = optional(
        Text("a file name as `areas.geojson`", r"[A-Za-z0-9_-]+\.(geo)?json"),
        "A file in the pack's folder with a FeatureCollection of further areas.",
    )
    code_property: Word | None = optional(TEXT, "The property with the area's code: `code`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The city's own wording of a notice, instead of the built-in one."""

    at: Place
    notice: NoticeKind = needed(OneOf("notice", tuple(NoticeKind)), "Which notice.")
    subjects: Texts = needed(TEXTS, "Subject of the mail.")
    texts: Texts = needed(TEXTS, "The message; placeholders stand in braces.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """Words kept ready for staff. Blanks: `{street}`, `{date}`, `{service}`, `{department}`, and
    `{number}` where one person alone is written to."""

    at: Place
    code: Word = needed(CodeOf("text"), "Stable code.")
    names: Texts = needed(TEXTS, "What staff choose it by.")
    uses: tuple[TextUse, ...] = needed(
        ListOf(OneOf("use", tuple(TextUse)), least=1), "What it may be used for."
    )
    services: tuple[Word, ...] = defaulted(
        ListOf(RefTo("service")), (), "For these services; else for all."
    )
    states: tuple[State, ...] = defaulted(
        ListOf(OneOf("state", tuple(State))), (), "While it is in these states; else in all."
    )
    texts: Texts = needed(TEXTS, "The words, with blanks in braces.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeText:
    """How the city words an outcome."""

    at: Place
    names: Texts = needed(TEXTS, "The outcome's label.")
    texts: Texts = needed(TEXTS, "What reporters are told unless the service has its own text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole city as data. The keys are the sections that files may hold, in any file."""

    at: Place
    city: City = needed(RecordOf(City), "The government; in one file only.")
    languages: tuple[Language, ...] = needed(
        ListOf(RecordOf(Language), least=1), "Languages; the first is the default."
    )
    hotlines: tuple[Hotline, ...] = needed(ListOf(RecordOf(Hotline), least=1), "Other numbers.")
    pathways: tuple[Pathway, ...] = defaulted(
        ListOf(RecordOf(Pathway)), (), "Which number is the right one?"
    )
    neighbors: tuple[Neighbor, ...] = defaulted(
        ListOf(RecordOf(Neighbor)), (), "Who answers outside the city."
    )
    calendars: tuple[Calendar, ...] = needed(ListOf(RecordOf(Calendar), least=1), "Opening hours.")
    departments: tuple[Department, ...] = needed(
        ListOf(RecordOf(Department), least=1), "Who answers."
    )
    queues: tuple[Queue, ...] = needed(ListOf(RecordOf(Queue), least=1), "Who works.")
    groups: tuple[Group, ...] = needed(ListOf(RecordOf(Group), least=1), "Headings of services.")
    services: tuple[Service, ...] = needed(ListOf(RecordOf(Service), least=1), "The catalog.")
    routing: tuple[RoutingRule, ...] = defaulted(
        ListOf(RecordOf(RoutingRule)), (), "Rules in the order in which they are tried."
    )
    layers: tuple[Layer, ...] = defaulted(ListOf(RecordOf(Layer)), (), "Areas.")
    streets: tuple[Street, ...] = defaulted(ListOf(RecordOf(Street)), (), "Streets.")
    landmarks: tuple[Landmark, ...] = defaulted(
        ListOf(RecordOf(Landmark)), (), "Parks, buildings and other places people name."
    )
    messages: tuple[Message, ...] = defaulted(ListOf(RecordOf(Message)), (), "Own wordings.")
    texts: tuple[KeptText, ...] = defaulted(
        ListOf(RecordOf(KeptText)), (), "Texts kept ready for staff."
    )
    answers: tuple[Article, ...] = defaulted(
        ListOf(RecordOf(Article)), (), "What people ask, and the answers."
    )
    states: Mapping[State, Texts] = defaulted(
        MapOf(OneOf("state", tuple(State)), TEXTS), {}, "Labels of states."
    )
    outcomes: Mapping[Outcome, OutcomeText] = defaulted(
        MapOf(OneOf("outcome", STAFF_OUTCOMES), RecordOf(OutcomeText)),
        {},
        "Labels and closing texts of outcomes.",
    )
    phone: Phone | None = optional(RecordOf(Phone), "How the telephone answers; in one file only.")

    @property
    def complete_languages(self) -> tuple[str, ...]:
        return tuple(str(each.code) for each in self.languages if each.complete)
