"""The questions of a service, and what counts as an answer; the same on every channel."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

from hark311.domain.errors import BadAnswer, MissingAnswer
from hark311.domain.vocabulary import QuestionType

LONGEST_STRING = 1_000
LONGEST_TEXT = 10_000

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,15})?|\.\d{1,15})")
# The profile of ISO 8601 that the W3C wrote for the web, with a blank where people put one.
_INSTANT = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(([Tt]| +)(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)([.,](?P<fraction>\d{1,9}))?)?"
    r"(?P<zone> ?[Zz]|[+ -]\d\d:?\d\d)?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list: the key is stored, the names by language are shown."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """Asks a question only after one of these choices of an earlier one."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a service. variable: False for a mere notice, which takes no answer."""

    code: str
    kind: QuestionType
    required: bool = False
    variable: bool = True
    order: int = 0
    choices: tuple[Choice, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    when: Condition | None = None

    def is_asked_after(self, answers: Mapping[str, tuple[str, ...]]) -> bool:
        """True unless it waits for an answer that was not given."""
        return self.when is None or bool(
            self.when.answers.intersection(answers.get(self.when.question, ()))
        )


def check_answers(
    questions: Sequence[Question], raw: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Return the answers in the order of the questions, each in its one spelling.

    An empty answer is an absent one. Numbers lose idle zeros, instants become ISO 8601
    with the zone that was given, if any was; choices are keys, in the order of the list.
    A question whose condition is not met is not required, and what was said to it is dropped.

    Raises MissingAnswer if a required question has none, and BadAnswer with reason
    ``unknown_question``, ``no_answer_expected``, ``one_answer_only``, ``too_long``,
    ``not_a_number``, ``not_a_datetime`` or ``unknown_choice``.
    """
    given = {code: _said(values) for code, values in raw.items()}
    known = {question.code: question for question in questions}
    for code, values in given.items():
        if values and code not in known:
            raise BadAnswer(question=code, reason="unknown_question")
    checked: dict[str, tuple[str, ...]] = {}
    for question in sorted(questions, key=lambda question: question.order):
        if not question.is_asked_after(checked):
            continue
        values = _checked(question, given.get(question.code, ()))
        if values:
            checked[question.code] = values
    return MappingProxyType(checked)


def _said(values: Sequence[str]) -> tuple[str, ...]:
    """Return what is left without blanks around and without NUL, which no database keeps."""
    cleaned = (value.replace("\x00", "").strip() for value in values)
    return tuple(value for value in cleaned if value)


def _checked(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        if question.required and question.variable:
            raise MissingAnswer(question=question.code)
        return ()
    if not question.variable:
        raise BadAnswer(question=question.code, reason="no_answer_expected")
    if question.kind is QuestionType.MULTIVALUELIST:
        return _choices(question, values)
    if len(values) > 1:
        raise BadAnswer(question=question.code, reason="one_answer_only")
    return _READERS[question.kind](question, values[0])


def _string(question: Question, value: str) -> tuple[str, ...]:
    return _words(question, " ".join(value.split()), LONGEST_STRING)


def _text(question: Question, value: str) -> tuple[str, ...]:
    return _words(question, value.replace("\r\n", "\n").replace("\r", "\n"), LONGEST_TEXT)


def _words(question: Question, value: str, longest: int) -> tuple[str, ...]:
    if len(value) > longest:
        raise BadAnswer(question=question.code, reason="too_long", longest=longest)
    return (value,)


def _number(question: Question, value: str) -> tuple[str, ...]:
    if not _NUMBER.fullmatch(value):
        raise BadAnswer(question=question.code, reason="not_a_number")
    written = f"{Decimal(value):f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return ("0" if written in {"-0", ""} else written,)


def _datetime(question: Question, value: str) -> tuple[str, ...]:
    try:
        return (w3c_datetime(value),)
    except ValueError as fault:
        raise BadAnswer(question=question.code, reason="not_a_datetime") from fault


def _choices(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    keys = [choice.key for choice in question.choices]
    if not set(values) <= set(keys):
        raise BadAnswer(question=question.code, reason="unknown_choice")
    return tuple(key for key in keys if key in values)


def _choice(question: Question, value: str) -> tuple[str, ...]:
    return _choices(question, (value,))


_READERS: Mapping[QuestionType, Callable[[Question, str], tuple[str, ...]]] = MappingProxyType(
    {
        QuestionType.STRING: _string,
        QuestionType.TEXT: _text,
        QuestionType.NUMBER: _number,
        QuestionType.DATETIME: _datetime,
        QuestionType.SINGLEVALUELIST: _choice,
    }
)


def w3c_datetime(text: str) -> str:
    """Return a year, month, day or instant in its ISO 8601 spelling, as exact as it was given.

    The W3C forms are taken, also with a blank for the T, a comma before the fraction,
    an offset without colon, and a plus that a form has decoded to a blank. A time
    without a zone stays without one; Z is written +00:00.

    Raises ValueError for anything else and for days and times that do not exist.
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError("none of the W3C date and time formats")
    parts = match.groupdict()
    year, month, day = (int(parts[name] or 1) for name in ("year", "month", "day"))
    written = date(year, month, day).isoformat()
    if parts["hour"] is None:
        return written[: 4 + 3 * bool(parts["month"]) + 3 * bool(parts["day"])]
    return datetime(
        year,
        month,
        day,
        int(parts["hour"]),
        int(parts["minute"]),
        int(parts["second"] or 0),
        int((parts["fraction"] or "").ljust(6, "0")[:6]),
        tzinfo=_zone(parts["zone"]),
    ).isoformat()


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text.strip().upper() == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError("no such offset")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text.startswith("-") else offset)
