"""The conversation by which a report is taken, on any channel."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hark311.domain.conversation import LONGEST, begin, hear
from hark311.domain.conversation_kept import plain_of, talk_of
from hark311.domain.conversation_questions import IN_RECORDING
from hark311.domain.conversation_records import (
    Book,
    Ending,
    Heard,
    HeardKind,
    Means,
    Spot,
    Topic,
    Turn,
)
from hark311.domain.draft import Hazard
from hark311.domain.place import Point
from hark311.domain.questions import Choice, Condition, Question
from hark311.domain.vocabulary import HazardLevel, QuestionType

SIZE = Question(
    code="size",
    kind=QuestionType.SINGLEVALUELIST,
    required=True,
    order=1,
    choices=(Choice("small", {"en": "Small"}), Choice("large", {"en": "Large"})),
)
LANE = Question(code="lane", kind=QuestionType.STRING, order=2)
DEEP = Question(
    code="deep",
    kind=QuestionType.NUMBER,
    order=3,
    required=True,
    when=Condition("size", frozenset({"large"})),
)
DAYS = Question(
    code="days",
    kind=QuestionType.MULTIVALUELIST,
    order=1,
    choices=tuple(Choice(name, {"en": name}) for name in ("mon", "tue", "wed")),
)
SINCE = Question(code="since", kind=QuestionType.DATETIME, order=2)
TOPICS = (
    Topic("pothole", "streets", {"en": "Pothole", "es": "Bache"}, "required", (SIZE, LANE, DEEP)),
    Topic("noise", "homes", {"en": "Noise"}, "optional", (DAYS, SINCE)),
    Topic("bill", "homes", {"en": "A bill"}, "none"),
    *(Topic(f"more{n}", "many", {"en": f"Matter {n}"}, "none") for n in range(20)),
)


def _hazard(text: str, language: str) -> Hazard:
    if "fire" in text:
        return Hazard(HazardLevel.STOP, "fire", "911")
    return Hazard(HazardLevel.ASK if "smoke" in text else HazardLevel.NONE, "smoke", "911")


BOOK = Book(
    languages=("en", "es"),
    groups={"streets": {"en": "Streets"}, "homes": {"en": "Homes"}, "many": {"en": "Many"}},
    topics=TOPICS,
    suggest=lambda words, language: ("pothole", "gone") if "hole" in words else (),
    spots=lambda words: tuple(
        Spot(f"{n} {words}", Point(-80.0, 40.0)) for n in range(2 if "elm" in words else 1)
    ),
    hazard=_hazard,
)
PHONE = Means(records=True, own_number=True)
TEXT = Means(types=True, pictures=True, own_number=True, page=9)


def keys(*pressed: str) -> list[Heard]:
    return [Heard(HeardKind.KEYS, one) for one in pressed]


def words(*said: str) -> list[Heard]:
    return [Heard(HeardKind.WORDS, one) for one in said]


def spoken(where: str) -> Heard:
    return Heard(HeardKind.RECORDING, where)


def after(heard: list[Heard], means: Means = PHONE, *, is_safe: bool = True) -> Turn:
    turn = begin(BOOK, means, language="en", is_safe=is_safe)
    for one in heard:
        turn = hear(turn.talk, one, BOOK, means)
    return turn


A_CALL = [
    *keys("1", "1"),
    spoken("where.wav"),
    *keys("2"),
    Heard(HeardKind.SILENCE),
    *keys("5"),
    spoken("more.wav"),
    *keys("1", "1"),
]


def test_a_report_is_told_by_keypad_and_two_recordings():
    talk = after(A_CALL).talk

    assert talk.ending is Ending.READY
    assert (talk.topic, talk.recordings) == ("pothole", ("where.wav", "more.wav"))
    assert (talk.answers, talk.contact) == ({"size": ("large",), "deep": ("5",)}, "own")


def test_a_report_is_told_in_words():
    said = words("A hole in the road", "1", "at elm street", "2", "small", "left", "no photo")
    talk = after([*said, *words("1", "1")], TEXT).talk

    assert talk.ending is Ending.READY
    assert talk.description == ("A hole in the road", "no photo")
    assert (talk.address, talk.answers) == (
        "1 at elm street",
        {"size": ("small",), "lane": ("left",)},
    )


def test_the_language_is_asked_first_where_there_are_several():
    turn = begin(BOOK, PHONE)

    assert [option.value for option in turn.options] == ["en", "es"]


def test_danger_is_asked_about_unless_the_channel_has_told_of_it():
    assert after([], is_safe=False).talk.step == "danger"
    assert after([]).talk.step == "group"


def test_who_says_that_somebody_is_in_danger_is_given_the_number():
    turn = after(keys("1"), is_safe=False)
    assert (turn.lines[0].key, turn.lines[0].facts) == ("danger_stop", {"line": "911"})

    over = hear(turn.talk, keys("1")[0], BOOK, PHONE)
    assert over.talk.ending is Ending.DANGER


@pytest.mark.parametrize("place", range(len(A_CALL)))
def test_danger_wins_at_any_step(place):
    turn = after([*A_CALL[:place], *keys("9")])

    assert turn.lines[0].key == "danger_stop"


def test_after_a_false_alarm_the_conversation_goes_on_where_it_was():
    turn = after([*words("a hole, and smoke"), *words("2")], TEXT)

    assert (turn.talk.step, turn.talk.description) == ("choose", ("a hole, and smoke",))


def test_the_same_danger_is_told_once():
    turn = after(words("a hole and smoke", "2", "smoke still"), TEXT)

    assert turn.talk.alarm is None


@pytest.mark.parametrize("place", range(len(A_CALL)))
def test_a_person_may_be_asked_for_at_any_step(place):
    assert after([*A_CALL[:place], *keys("0")]).talk.ending is Ending.PERSON


@pytest.mark.parametrize("place", range(1, len(A_CALL)))
def test_one_step_back_is_the_step_before(place):
    before, there = after(A_CALL[: place - 1]), after(A_CALL[:place])
    back = hear(there.talk, Heard(HeardKind.BACK), BOOK, PHONE)

    assert back.talk.step == before.talk.step
    assert back.options == before.options


@pytest.mark.parametrize("place", range(len(A_CALL)))
def test_a_repeat_says_the_same_again(place):
    turn = after(A_CALL[:place])
    again = hear(turn.talk, Heard(HeardKind.REPEAT), BOOK, PHONE)

    assert (again.lines, again.options) == (turn.lines, turn.options)


def test_a_long_menu_is_said_a_page_at_a_time():
    first = after(keys("3"))
    last = after(keys("3", "8", "8"))

    assert [option.value for option in first.options][-2:] == ["more6", "more"]
    assert [option.value for option in last.options] == [
        *(f"more{n}" for n in range(14, 20)),
        "more",
    ]
    assert after(keys("3", "8", "8", "8")).options == first.options
    assert after(keys("3", "8", "*")).options == first.options


def test_several_choices_are_keyed_one_after_another():
    turn = after([*keys("2", "1"), Heard(HeardKind.SILENCE), *keys("13", "06012026")])

    assert turn.talk.answers == {"days": ("mon", "wed"), "since": ("2026-06-01",)}


def test_words_said_to_a_question_are_kept_as_a_recording():
    turn = after([*keys("1", "1"), spoken("a"), *keys("1"), spoken("b")])

    assert turn.talk.answers["lane"] == (IN_RECORDING,)


def test_a_third_miss_brings_a_person():
    turn = after(keys("7", "7"))
    assert turn.missed
    assert turn.talk.ending is None

    assert hear(turn.talk, keys("7")[0], BOOK, PHONE).talk.ending is Ending.PERSON


def test_a_service_that_left_the_catalog_is_chosen_anew():
    there = after([*keys("1", "1")])
    without = replace(BOOK, topics=TOPICS[1:])

    assert hear(there.talk, spoken("w"), without, PHONE).talk.step == "group"


def test_who_changes_their_report_begins_again_and_loses_no_word():
    turn = after([*A_CALL[:-1], *keys("2")])

    assert (turn.talk.step, turn.talk.recordings) == ("group", ("where.wav", "more.wav"))
    assert hear(turn.talk, Heard(HeardKind.BACK), BOOK, PHONE).talk.step == "group"


HEARD = st.builds(
    Heard,
    st.sampled_from(HeardKind),
    st.one_of(
        st.sampled_from(["0", "1", "2", "3", "8", "9", "*", "#", "", "555 0100 22", "06012026"]),
        st.sampled_from(["a hole", "fire", "smoke", "elm", "Pothole", "13", "x.wav"]),
        st.text(max_size=8),
    ),
)
MEANS = st.builds(
    Means, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(1, 9)
)


@settings(max_examples=400, deadline=None)
@given(means=MEANS, language=st.sampled_from(["", "en"]), heard=st.lists(HEARD, max_size=120))
def test_any_conversation_ends_and_loses_nothing(means, language, heard):
    turn = begin(BOOK, means, language=language)
    said, recorded, sent = [], [], []
    for one in heard:
        if not turn.is_over and one.text.strip():
            said += [one.text.strip()] if one.kind is HeardKind.WORDS else []
            sent += [one.text] if one.kind is HeardKind.PICTURE else []
        if not turn.is_over and one.text:
            recorded += [one.text] if one.kind is HeardKind.RECORDING else []
        turn = hear(turn.talk, one, BOOK, means)

    assert list(turn.talk.told) == said
    assert list(turn.talk.recordings) == recorded
    assert set(turn.talk.pictures) >= set(sent)
    assert turn.lines
    assert turn.is_over or len(heard) <= LONGEST
    if turn.talk.ending is Ending.READY:
        assert BOOK.topic(turn.talk.topic)


@settings(max_examples=100, deadline=None)
@given(means=MEANS, heard=st.lists(HEARD, max_size=12))
def test_a_conversation_that_was_kept_goes_on_as_it_was(means, heard):
    turn = begin(BOOK, means)
    for one in heard:
        turn = hear(turn.talk, one, BOOK, means)

    assert talk_of(json.loads(json.dumps(plain_of(turn.talk)))) == turn.talk
