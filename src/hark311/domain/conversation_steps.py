"""Each step of a conversation: what it asks, what it takes, and which step comes next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from hark311.domain.conversation_choices import MORE, chosen, numbered, paged
from hark311.domain.conversation_questions import ask_question, take_question
from hark311.domain.conversation_records import (
    Book,
    Ending,
    Heard,
    HeardKind,
    Line,
    Means,
    Option,
    Spot,
    Talk,
    Topic,
    Turn,
    Want,
)
from hark311.domain.draft import Hazard
from hark311.domain.questions import Question
from hark311.domain.vocabulary import HazardLevel, QuestionType

QUESTION = "question:"
_OTHER, _SEND, _CHANGE = "other", "send", "change"
_OWN, _ANOTHER, _NONE = "own", "another", "none"
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15

Ask = Callable[[Talk, Book, Means], Turn]
# The talk with what was heard in it; None if that was no answer.
Take = Callable[[Talk, Heard, Book, Option | None], Talk | None]


def ask(talk: Talk, book: Book, means: Means) -> Turn:
    """The turn of the step that the talk is at."""
    if talk.step.startswith(QUESTION):
        return ask_question(talk, _question(talk, book), means)
    return _ASKS[talk.step](talk, book, means)


def take(talk: Talk, heard: Heard, book: Book, means: Means) -> Talk | None:
    """The talk after an answer, at its next step; None if what was heard is no answer to it."""
    turn = ask(talk, book, means)
    if heard.kind is HeardKind.PICTURE and talk.step != "evidence":
        return talk
    if turn.may_skip and _is_skip(heard):
        return _gone_on(talk, book, means)
    picked = _picked(turn, heard)
    if picked is not None and picked.value == MORE:
        return replace(talk, page=talk.page + 1)
    if talk.step.startswith(QUESTION):
        answered = take_question(talk, heard, _question(talk, book), picked)
    else:
        answered = _TAKES[talk.step](talk, heard, book, picked)
    return None if answered is None else _gone_on(answered, book, means)


def next_step(talk: Talk, book: Book, means: Means) -> str:
    """The first step that is not answered yet; "done" after the last.

    A topic that left the catalog meanwhile is chosen anew.
    """
    step = next((step for step in _route(talk, book, means) if step not in talk.trail), "done")
    if step != "done" or book.topic(talk.topic) is not None:
        return step
    return "group" if len(book.groups) > 1 else "topic"


def _route(talk: Talk, book: Book, means: Means) -> Iterator[str]:
    yield from ("language", "danger")
    if means.types:
        yield "tell"
        if talk.suggested:
            yield "choose"
    topic = book.topic(talk.topic)
    if topic is None:
        yield from ("group", "topic") if len(book.groups) > 1 else ("topic",)
    else:
        yield from _route_about(topic, talk, means)


def _route_about(topic: Topic, talk: Talk, means: Means) -> Iterator[str]:
    if topic.place != "none":
        yield "where"
        if len(talk.spots) > 1:
            yield "spot"
    for question in _asked(talk, topic):
        yield f"{QUESTION}{question.code}"
    if means.records or means.pictures:
        yield "evidence"
    yield "contact"
    if talk.contact == _ANOTHER:
        yield "phone"
    yield "review"


def _asked(talk: Talk, topic: Topic) -> Iterator[Question]:
    for question in sorted(topic.questions, key=lambda one: one.order):
        if question.variable and question.is_asked_after(talk.answers):
            yield question


def _question(talk: Talk, book: Book) -> Question:
    """The question that the talk is at; one that is gone from the catalog is a mere notice."""
    code = talk.step.removeprefix(QUESTION)
    topic = book.topic(talk.topic)
    asked = topic.questions if topic else ()
    found = next((one for one in asked if one.code == code), None)
    return found or Question(code=code, kind=QuestionType.TEXT, variable=False)


def _gone_on(talk: Talk, book: Book, means: Means) -> Talk:
    talk = replace(talk, trail=(*talk.trail, talk.step), page=0, misses=0)
    step = next_step(talk, book, means)
    if step == "done":
        return replace(talk, ending=Ending.READY)
    return replace(talk, step=step)


def _is_skip(heard: Heard) -> bool:
    return heard.kind is HeardKind.SILENCE or (
        heard.kind is HeardKind.KEYS and heard.text in {"", "#"}
    )


def _picked(turn: Turn, heard: Heard) -> Option | None:
    if heard.kind not in {HeardKind.KEYS, HeardKind.WORDS} or turn.want is not Want.CHOICE:
        return None
    return chosen(turn.options, heard.text)


def _ask_language(talk: Talk, book: Book, means: Means) -> Turn:
    offered = [Option("", code, Line("language", {"language": code})) for code in book.languages]
    return paged(talk, (Line("ask_language"),), offered, means)


def _take_language(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    return replace(talk, language=picked.value) if picked else None


def _ask_danger(talk: Talk, book: Book, means: Means) -> Turn:
    options = numbered((Option("", "yes", Line("yes")), Option("", "no", Line("no"))))
    return Turn(talk, (Line("ask_danger"),), options, Want.CHOICE)


def _take_danger(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if picked is None:
        return None
    is_danger = picked.value == "yes"
    alarm = Hazard(level=HazardLevel.STOP, kind="said_so", line="911") if is_danger else None
    return replace(talk, alarm=alarm)


def _ask_tell(talk: Talk, book: Book, means: Means) -> Turn:
    return Turn(talk, (Line("ask_tell"),), (), Want.WORDS)


def _take_tell(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if heard.kind is not HeardKind.WORDS or not heard.text.strip():
        return None
    said = (*talk.description, heard.text.strip())
    found = book.suggest(" ".join(said), talk.language)
    codes = tuple(code for code in found if book.topic(code))
    return replace(talk, description=said, suggested=codes, topic="", group="")


def _ask_choose(talk: Talk, book: Book, means: Means) -> Turn:
    found = [topic for code in talk.suggested if (topic := book.topic(code))]
    offered = [_of_topic(topic) for topic in found]
    return paged(
        talk, (Line("ask_choose"),), [*offered, Option("", _OTHER, Line("something_else"))], means
    )


def _take_choose(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if picked is None:
        return None
    return _about("" if picked.value == _OTHER else picked.value, talk)


def _ask_group(talk: Talk, book: Book, means: Means) -> Turn:
    used = {topic.group for topic in book.topics}
    offered = [
        Option("", code, Line("group", texts=names))
        for code, names in book.groups.items()
        if code in used
    ]
    return paged(talk, (Line("ask_group"),), offered, means)


def _take_group(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    return replace(talk, group=picked.value, topic="") if picked else None


def _ask_topic(talk: Talk, book: Book, means: Means) -> Turn:
    offered = [_of_topic(topic) for topic in book.topics if talk.group in {"", topic.group}]
    return paged(talk, (Line("ask_topic"),), offered, means)


def _take_topic(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    return _about(picked.value, talk) if picked else None


def _about(code: str, talk: Talk) -> Talk:
    """The talk about this topic; what was answered about another is not about this one."""
    return talk if code == talk.topic else replace(talk, topic=code, answers={})


def _of_topic(topic: Topic) -> Option:
    return Option("", topic.code, Line("topic", texts=topic.names))


def _ask_where(talk: Talk, book: Book, means: Means) -> Turn:
    topic = book.topic(talk.topic)
    may_skip = topic is None or topic.place != "required"
    key = "ask_where" if means.types else "ask_where_recorded"
    return Turn(talk, (Line(key),), (), Want.WORDS, may_skip=may_skip)


def _take_where(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if heard.kind is HeardKind.RECORDING and heard.text:
        return replace(talk, address="", spots=(), point=None)
    said = heard.text.strip()
    if heard.kind is not HeardKind.WORDS or not said:
        return None
    spots = book.spots(said)
    sure = spots[0].point if len(spots) == 1 else None
    return replace(talk, address=said, spots=spots, point=sure)


def _ask_spot(talk: Talk, book: Book, means: Means) -> Turn:
    offered = [
        Option("", str(place), Line("spot", {"place": spot.text}, {"en": spot.text}))
        for place, spot in enumerate(talk.spots)
    ]
    none = Option("", _NONE, Line("none_of_these"))
    return paged(talk, (Line("ask_spot"),), [*offered, none], means)


def _take_spot(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if picked is None:
        return None
    if picked.value == _NONE:
        return replace(talk, point=None)
    spot: Spot = talk.spots[int(picked.value)]
    return replace(talk, address=spot.text, point=spot.point)


def _ask_evidence(talk: Talk, book: Book, means: Means) -> Turn:
    key = "ask_picture" if means.pictures else "ask_message"
    return Turn(talk, (Line(key),), (), Want.WORDS, may_skip=True)


def _take_evidence(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if heard.kind is HeardKind.WORDS and heard.text.strip():
        return replace(talk, description=(*talk.description, heard.text.strip()))
    return talk if heard.kind in {HeardKind.PICTURE, HeardKind.RECORDING} else None


def _ask_contact(talk: Talk, book: Book, means: Means) -> Turn:
    own = (Option("", _OWN, Line("contact_own")),) if means.own_number else ()
    others = (
        Option("", _ANOTHER, Line("contact_another")),
        Option("", _NONE, Line("contact_none")),
    )
    return Turn(talk, (Line("ask_contact"),), numbered((*own, *others)), Want.CHOICE)


def _take_contact(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    return replace(talk, contact=picked.value, phone="") if picked else None


def _ask_phone(talk: Talk, book: Book, means: Means) -> Turn:
    return Turn(talk, (Line("ask_phone"),), (), Want.DIGITS)


def _take_phone(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if heard.kind not in {HeardKind.KEYS, HeardKind.WORDS}:
        return None
    digits = "".join(letter for letter in heard.text if letter.isdecimal())
    fits = _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE
    plus = "+" if heard.text.strip().startswith("+") else ""
    return replace(talk, phone=plus + digits) if fits else None


def _ask_review(talk: Talk, book: Book, means: Means) -> Turn:
    topic = book.topic(talk.topic)
    lines = [Line("review_topic", texts=topic.names if topic else {})]
    if talk.address:
        lines.append(Line("review_place", {"place": talk.address}))
    if talk.recordings:
        lines.append(Line("review_recording"))
    if talk.pictures:
        lines.append(Line("review_pictures", {"count": str(len(talk.pictures))}))
    lines.append(Line(f"review_contact_{talk.contact or _NONE}", {"phone": talk.phone}))
    options = (Option("", _SEND, Line("send")), Option("", _CHANGE, Line("change")))
    return Turn(talk, tuple(lines), numbered(options), Want.CHOICE)


def _take_review(talk: Talk, heard: Heard, book: Book, picked: Option | None) -> Talk | None:
    if picked is None:
        return None
    if picked.value == _SEND:
        return talk
    # From the start again; what was said and recorded stays.
    kept = tuple(step for step in talk.trail if step in {"language", "danger"})
    return replace(
        talk, step="change", trail=kept, topic="", group="", suggested=(), spots=(), answers={}
    )


_ASKS: Mapping[str, Ask] = MappingProxyType(
    {
        "language": _ask_language,
        "danger": _ask_danger,
        "tell": _ask_tell,
        "choose": _ask_choose,
        "group": _ask_group,
        "topic": _ask_topic,
        "where": _ask_where,
        "spot": _ask_spot,
        "evidence": _ask_evidence,
        "contact": _ask_contact,
        "phone": _ask_phone,
        "review": _ask_review,
    }
)
_TAKES: Mapping[str, Take] = MappingProxyType(
    {
        "language": _take_language,
        "danger": _take_danger,
        "tell": _take_tell,
        "choose": _take_choose,
        "group": _take_group,
        "topic": _take_topic,
        "where": _take_where,
        "spot": _take_spot,
        "evidence": _take_evidence,
        "contact": _take_contact,
        "phone": _take_phone,
        "review": _take_review,
    }
)
