"""What a conversation is about: what may be asked, what was said so far, what to say next.

Nothing here holds words for people: a line is a key with facts, and the channel words it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hark311.domain.draft import Hazard
from hark311.domain.place import Point
from hark311.domain.questions import Question


class HeardKind(StrEnum):
    """What came from the person, as far as the channel can tell."""

    KEYS = "keys"
    WORDS = "words"
    RECORDING = "recording"
    PICTURE = "picture"
    SILENCE = "silence"
    BACK = "back"
    REPEAT = "repeat"
    PERSON = "person"
    DANGER = "danger"


class Want(StrEnum):
    """What the channel should listen for."""

    CHOICE = "choice"
    DIGITS = "digits"
    WORDS = "words"
    NOTHING = "nothing"


class Ending(StrEnum):
    """How a conversation ended. ready: everything is told and the person said to send it."""

    READY = "ready"
    PERSON = "person"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that the person did. text: keys, words, or where a recording or picture is."""

    kind: HeardKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say. texts: words of the catalog by language, where it says them itself."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. key: what is pressed or typed for it; value: what it means."""

    key: str
    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the words may mean."""

    text: str
    point: Point


@dataclass(frozen=True, slots=True)
class Topic:
    """A service as a conversation needs it. place: required, optional or none."""

    code: str
    group: str
    names: Mapping[str, str]
    place: str = "required"
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What can be asked here: the catalog, and what words may mean, as the channel hands it over.

    groups: code to names, in order. topics: those that the channel offers. suggest: the codes of
    topics that words may mean, best first. spots: the places that words may mean; exactly one
    if it is sure. hazard: the danger in words, in a language.
    """

    languages: tuple[str, ...]
    groups: Mapping[str, Mapping[str, str]]
    topics: tuple[Topic, ...]
    suggest: Callable[[str, str], tuple[str, ...]]
    spots: Callable[[str], tuple[Spot, ...]]
    hazard: Callable[[str, str], Hazard]

    def topic(self, code: str) -> Topic | None:
        """The topic of this code, None if it is not offered (any more)."""
        return next((one for one in self.topics if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Means:
    """How the person can express themselves. page: how many options are said at once.

    own_number: the channel knows the number they call or text from.
    """

    types: bool = False
    records: bool = False
    pictures: bool = False
    own_number: bool = False
    page: int = 7


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it stands; a channel keeps it between two turns.

    told: everything said in words or recorded, in order, never taken back. trail: the steps
    that are answered. alarm: a danger that the person must be told of before anything else.
    """

    step: str = ""
    language: str = ""
    trail: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    group: str = ""
    topic: str = ""
    address: str = ""
    spots: tuple[Spot, ...] = ()
    point: Point | None = None
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contact: str = ""
    phone: str = ""
    page: int = 0
    turns: int = 0
    misses: int = 0
    alarm: Hazard | None = None
    seen: tuple[str, ...] = ()
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What to say now, and what to listen for. missed: the last thing said did not fit."""

    talk: Talk
    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    want: Want = Want.NOTHING
    may_skip: bool = False
    missed: bool = False

    @property
    def is_over(self) -> bool:
        return self.talk.ending is not None
