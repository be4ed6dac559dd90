"""The conversation by which a report is taken, one step at a time, the same on every channel.

``begin`` and ``hear`` return turns: what to say, what may be chosen, what to listen for. They
keep no state, read no clock and know no words; what may be asked comes from the catalog. Any
sequence of inputs ends, nothing that was said is lost, and danger comes before anything else.
"""

from dataclasses import replace

from hark311.domain.conversation_records import (
    Book,
    Ending,
    Heard,
    HeardKind,
    Line,
    Means,
    Option,
    Talk,
    Turn,
    Want,
)
from hark311.domain.conversation_steps import ask, next_step, take
from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import HazardLevel

LONGEST = 80
MISSES = 3
HAND_OVER, GO_ON = "hand_over", "go_on"
# On a keypad these mean the same at every choice.
_EVERYWHERE = {
    "0": HeardKind.PERSON,
    "9": HeardKind.DANGER,
    "*": HeardKind.BACK,
    "#": HeardKind.REPEAT,
}
# Nobody goes back behind these.
_FIRST = frozenset({"language", "danger", "change"})
_ANY_DANGER = Hazard(level=HazardLevel.STOP, kind="said_so", line="911")


def begin(book: Book, means: Means, *, language: str = "", is_safe: bool = False) -> Turn:
    """The first turn. is_safe: the channel has told of 911 already, so nobody is asked."""
    known = language or (book.languages[0] if len(book.languages) == 1 else "")
    passed = ("language",) * bool(known) + ("danger",) * is_safe
    talk = Talk(language=known, trail=passed)
    return _turn(replace(talk, step=next_step(talk, book, means)), book, means)


def hear(talk: Talk, heard: Heard, book: Book, means: Means) -> Turn:
    """The turn that follows what was heard; a conversation that is over stays so."""
    if talk.ending is not None:
        return _turn(talk, book, means)
    talk = replace(_kept(talk, heard), turns=talk.turns + 1)
    heard = _meant(talk, heard, book, means)
    alarm = _alarm(talk, heard, book)
    if talk.turns > LONGEST or heard.kind is HeardKind.PERSON:
        return _turn(_ended(talk, Ending.PERSON), book, means)
    if talk.alarm is not None:
        return _turn(_after_alarm(talk, heard), book, means)
    if heard.kind is HeardKind.REPEAT:
        return _turn(talk, book, means)
    if heard.kind is HeardKind.BACK:
        return _turn(_back(talk), book, means)
    went_on = take(talk, heard, book, means) if heard.kind is not HeardKind.DANGER else talk
    if alarm is not None:
        settled = went_on if went_on is not None else talk
        return _turn(replace(settled, alarm=alarm), book, means)
    return _missed(talk, book, means) if went_on is None else _turn(went_on, book, means)


def now(talk: Talk, book: Book, means: Means) -> Turn:
    """The turn as it stands, as after a channel lost what it said last."""
    return _turn(talk, book, means)


def _turn(talk: Talk, book: Book, means: Means) -> Turn:
    if talk.ending is not None:
        return Turn(talk, (Line(f"over_{talk.ending.value}", _line_of(talk)),))
    if talk.alarm is not None:
        key = "danger_stop" if talk.alarm.level is HazardLevel.STOP else "danger_ask"
        options = (
            Option("1", HAND_OVER, Line("danger_yes", _line_of(talk))),
            Option("2", GO_ON, Line("danger_no")),
        )
        return Turn(talk, (Line(key, _line_of(talk)),), options, Want.CHOICE)
    return ask(talk, book, means)


def _line_of(talk: Talk) -> dict[str, str]:
    return {"line": talk.alarm.line} if talk.alarm is not None else {}


def _kept(talk: Talk, heard: Heard) -> Talk:
    """The talk with what was said put down, whatever becomes of it."""
    match heard.kind:
        case HeardKind.WORDS if heard.text.strip():
            return replace(talk, told=(*talk.told, heard.text.strip()))
        case HeardKind.RECORDING if heard.text:
            return replace(talk, recordings=(*talk.recordings, heard.text))
        case HeardKind.PICTURE if heard.text and heard.text not in talk.pictures:
            return replace(talk, pictures=(*talk.pictures, heard.text))
    return talk


def _meant(talk: Talk, heard: Heard, book: Book, means: Means) -> Heard:
    """Keys that mean the same everywhere, as what they mean."""
    if heard.kind is not HeardKind.KEYS:
        return heard
    turn = _turn(talk, book, means)
    offered = {one.key for one in turn.options}
    if heard.text in _EVERYWHERE and heard.text not in offered:
        is_skip = heard.text == "#" and turn.may_skip
        return heard if is_skip else Heard(_EVERYWHERE[heard.text])
    return heard


def _alarm(talk: Talk, heard: Heard, book: Book) -> Hazard | None:
    """The danger to tell of now: each kind once, and whenever the person says there is one."""
    if heard.kind is HeardKind.DANGER:
        return _ANY_DANGER
    if heard.kind is not HeardKind.WORDS:
        return None
    found = book.hazard(heard.text, talk.language or "en")
    is_news = found.level is not HazardLevel.NONE and found.kind not in talk.seen
    return found if is_news else None


def _after_alarm(talk: Talk, heard: Heard) -> Talk:
    """Handed over, unless the person says that nobody is in danger: then it goes on."""
    alarm = talk.alarm
    said = heard.text.strip()
    if alarm is None or said == "1" or heard.kind is HeardKind.DANGER:
        return _ended(talk, Ending.DANGER)
    if said == "2" or heard.kind is HeardKind.BACK:
        return replace(talk, alarm=None, seen=(*talk.seen, alarm.kind), misses=0)
    if talk.misses + 1 >= MISSES:
        # Nobody answers a question about danger: whoever it is gets the number.
        return _ended(talk, Ending.DANGER)
    return replace(talk, misses=talk.misses + 1)


def _back(talk: Talk) -> Talk:
    """One step back; at the first one the conversation stays where it is."""
    if talk.page:
        return replace(talk, page=talk.page - 1)
    if not talk.trail or talk.trail[-1] in _FIRST:
        return talk
    return replace(talk, step=talk.trail[-1], trail=talk.trail[:-1], page=0, misses=0)


def _missed(talk: Talk, book: Book, means: Means) -> Turn:
    """Asked again; a person is better after the third time."""
    if talk.misses + 1 >= MISSES:
        return _turn(_ended(talk, Ending.PERSON), book, means)
    return replace(_turn(replace(talk, misses=talk.misses + 1), book, means), missed=True)


def _ended(talk: Talk, ending: Ending) -> Talk:
    return replace(talk, ending=ending)
