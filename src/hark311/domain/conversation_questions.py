"""How a question of a service is asked and answered in a conversation, of each kind."""

from dataclasses import replace
from datetime import date

from hark311.domain.conversation_choices import numbered, paged
from hark311.domain.conversation_records import (
    Heard,
    HeardKind,
    Line,
    Means,
    Option,
    Talk,
    Turn,
    Want,
)
from hark311.domain.errors import BadAnswer, MissingAnswer
from hark311.domain.questions import Question, check_answers
from hark311.domain.vocabulary import QuestionType

# Stands for an answer that was spoken; the channel says so in words.
IN_RECORDING = "recording"
_KEYED_DAY = 8
_SINGLE_KEYS = 9


def ask_question(talk: Talk, question: Question, means: Means) -> Turn:
    """The question with its choices, as far as it has any."""
    may_skip = not question.required
    asked = Line(_how(question, means), {"question": question.code}, question.texts)
    if question.kind is QuestionType.SINGLEVALUELIST:
        return paged(talk, (asked,), _choices(question), means, may_skip=may_skip)
    if question.kind is QuestionType.MULTIVALUELIST:
        options = numbered(_choices(question))
        return Turn(talk, (asked,), options, Want.DIGITS, may_skip=may_skip)
    is_keyed = question.kind in {QuestionType.NUMBER, QuestionType.DATETIME} and not means.types
    return Turn(talk, (asked,), (), Want.DIGITS if is_keyed else Want.WORDS, may_skip=may_skip)


def take_question(
    talk: Talk, heard: Heard, question: Question, picked: Option | None
) -> Talk | None:
    """The talk with the answer; None if it is none of the question's kind."""
    values = _values(heard, question, picked)
    if not values:
        return None
    if values != (IN_RECORDING,):
        try:
            values = check_answers([replace(question, when=None)], {question.code: values})[
                question.code
            ]
        except (BadAnswer, MissingAnswer, KeyError):
            return None
    return replace(talk, answers={**talk.answers, question.code: values})


def _how(question: Question, means: Means) -> str:
    match question.kind:
        case QuestionType.SINGLEVALUELIST:
            return "question_choice"
        case QuestionType.MULTIVALUELIST:
            return "question_choices"
        case QuestionType.NUMBER:
            return "question_number"
        case QuestionType.DATETIME:
            return "question_day" if means.types else "question_day_keyed"
    return "question_words" if means.types else "question_recorded"


def _choices(question: Question) -> list[Option]:
    return [Option("", one.key, Line("answer", texts=one.names)) for one in question.choices]


def _values(heard: Heard, question: Question, picked: Option | None) -> tuple[str, ...]:
    said = heard.text.strip()
    if question.kind is QuestionType.SINGLEVALUELIST:
        return (picked.value,) if picked else ()
    if heard.kind is HeardKind.RECORDING and said:
        is_free = question.kind in {QuestionType.STRING, QuestionType.TEXT}
        return (IN_RECORDING,) if is_free else ()
    if heard.kind not in {HeardKind.KEYS, HeardKind.WORDS}:
        return ()
    if question.kind is QuestionType.MULTIVALUELIST:
        return _several(said, question)
    if question.kind is QuestionType.DATETIME and said.isdecimal() and len(said) == _KEYED_DAY:
        return _keyed_day(said)
    is_keyed_words = heard.kind is HeardKind.KEYS and question.kind is not QuestionType.NUMBER
    return () if is_keyed_words or not said else (said,)


def _several(said: str, question: Question) -> tuple[str, ...]:
    """Choices by number: one key each, or in words with anything between them."""
    parts = "".join(letter if letter.isdecimal() else " " for letter in said).split()
    if len(parts) == 1 and len(question.choices) <= _SINGLE_KEYS:
        parts = list(parts[0])
    keys = {str(place): one.key for place, one in enumerate(question.choices, start=1)}
    if not parts or not set(parts) <= set(keys):
        return ()
    return tuple(dict.fromkeys(keys[part] for part in parts))


def _keyed_day(digits: str) -> tuple[str, ...]:
    """Month, day and year, as eight digits."""
    month, day, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        return (date(year, month, day).isoformat(),)
    except ValueError:
        return ()
