"""The parts of a pack that describe what people can ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hark311.catalog.pack.city_format import Calendar, Texts
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.shapes import (
    PHRASES,
    TEXT,
    TEXTS,
    CodeOf,
    Flag,
    ListOf,
    MapOf,
    Number,
    OneOf,
    RefTo,
    Text,
    Whole,
)
from hark311.domain.vocabulary import (
    Channel,
    Counting,
    Outcome,
    Privacy,
    QuestionType,
    ServiceKind,
)

CHANNELS = tuple(Channel)
STAFF_OUTCOMES = tuple(outcome for outcome in Outcome if outcome.is_for_staff)
LOCAL_CODE = Text("a code of letters, digits, `_` and `-`", r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")


class Evidence(StrEnum):
    """What closing asks for as proof."""

    PHOTO = "photo"
    TEXT = "text"


class PlaceNeed(StrEnum):
    """Whether a report of this service says where."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading under which services are listed."""

    at: Place
    code: Word = needed(CodeOf("group"), "Stable code.")
    names: Texts = needed(TEXTS, "The heading.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a list question."""

    at: Place
    code: Word = needed(LOCAL_CODE, "Stable code, unique in its question.")
    names: Texts = needed(TEXTS, "The answer as people see it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Asks a question only after certain answers to another."""

    at: Place
    question: Word = needed(TEXT, "Code of a list question of the same service.")
    answers: tuple[Word, ...] = needed(ListOf(TEXT, least=1), "Choices, any of which will do.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked on every channel: an attribute of Open311. The order is that of the pack."""

    at: Place
    code: Word = needed(LOCAL_CODE, "Stable code, unique in its service.")
    type: QuestionType = needed(OneOf("question type", tuple(QuestionType)), "Kind of the answer.")
    required: bool = defaulted(Flag(), False, "Whether a report needs the answer.")
    variable: bool = defaulted(Flag(), True, "False for a text that is shown and asks nothing.")
    texts: Texts = needed(TEXTS, "The question, or the text that is shown.")
    hints: Texts | None = optional(TEXTS, "A line of help below the question.")
    choices: tuple[Choice, ...] = defaulted(
        ListOf(RecordOf(Choice)), (), "The answers of `singlevaluelist` and `multivaluelist`."
    )
    when: Condition | None = optional(RecordOf(Condition), "Ask only if this was answered before.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTarget:
    """A span of time: give `hours` or `days`, not both."""

    at: Place
    hours: float | None = optional(Number(0.25, 8784), "The span in hours.")
    days: float | None = optional(
        Number(0.25, 730), "The span in days; a business day is a mean open day of the calendar."
    )
    counting: Counting = needed(
        OneOf("counting", tuple(Counting)), "Whether time runs always or in opening hours only."
    )

    def hours_on(self, calendar: Calendar) -> float:
        """The span in hours of its own counting."""
        if self.hours is not None:
            return self.hours
        a_day = calendar.hours_a_day() if self.counting is Counting.BUSINESS else 24.0
        return (self.days or 0.0) * a_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the department undertakes; each case keeps the promise it was given."""

    at: Place
    acknowledge: PromiseTarget | None = optional(RecordOf(PromiseTarget), "Somebody has read it.")
    update: PromiseTarget | None = optional(RecordOf(PromiseTarget), "The reporter hears more.")
    resolve: PromiseTarget | None = optional(RecordOf(PromiseTarget), "It is closed.")
    texts: Texts = needed(TEXTS, "The promise in a sentence.")
    sample: bool = defaulted(Flag(), False, "True if nobody has agreed to the figures yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How near and how recent another report must be to be about the same thing."""

    at: Place
    radius_m: int = needed(Whole(1, 5000), "Distance in meters.")
    window_days: int = needed(Whole(1, 730), "Age of the open incident in days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An entry of the catalog."""

    at: Place
    code: Word = needed(CodeOf("service"), "Stable code, Open311's `service_code`.")
    names: Texts = needed(TEXTS, "Its name.")
    descriptions: Texts = needed(TEXTS, "What it is for, in a sentence.")
    group: Word = needed(RefTo("group"), "The heading it stands under.")
    department: Word = needed(RefTo("department"), "Who answers for it.")
    queue: Word = needed(
        RefTo("queue"), "Where its work goes unless a routing rule says otherwise."
    )
    calendar: Word | None = optional(RefTo("calendar"), "Hours of its promise; else the queue's.")
    kind: ServiceKind = defaulted(
        OneOf("service kind", tuple(ServiceKind)),
        ServiceKind.REALTIME,
        "How Open311 answers: a number, a token first, or nothing. Default `realtime`.",
    )
    privacy: Privacy = defaulted(
        OneOf("privacy", tuple(Privacy)),
        Privacy.PUBLIC,
        "Who may see its cases. Default `public`; `sensitive` is for phone and desk only.",
    )
    place: PlaceNeed = defaulted(
        OneOf("place need", tuple(PlaceNeed)),
        PlaceNeed.REQUIRED,
        "Whether a report says where. Default `required`.",
    )
    channels: tuple[Channel, ...] = defaulted(
        ListOf(OneOf("channel", CHANNELS), least=1), CHANNELS, "Ways in. Default: all."
    )
    phrases: Mapping[str, tuple[Word, ...]] | None = optional(
        PHRASES, "How people say it, for search and for recognizing free text."
    )
    keywords: Mapping[str, tuple[Word, ...]] | None = optional(
        PHRASES, "Single words, for search and for Open311."
    )
    questions: tuple[Question, ...] = defaulted(
        ListOf(RecordOf(Question)), (), "What is asked. None: Open311 says `metadata` false."
    )
    promise: Promise | None = optional(RecordOf(Promise), "None: no promise is made or shown.")
    next_step: Texts = needed(TEXTS, "What happens next, in a sentence.")
    closing_texts: Mapping[Outcome, Texts] = defaulted(
        MapOf(OneOf("outcome", STAFF_OUTCOMES), TEXTS),
        {},
        "What reporters are told, per outcome; else the pack's text for the outcome.",
    )
    match: Match | None = optional(RecordOf(Match), "None: no report joins another.")
    evidence: tuple[Evidence, ...] = defaulted(
        ListOf(OneOf("evidence", tuple(Evidence))), (), "What closing asks for."
    )
    sample: bool = defaulted(Flag(), False, "True if the entry is only an example.")
