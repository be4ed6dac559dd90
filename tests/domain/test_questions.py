"""Answers: six kinds, one spelling each, and a reason for every refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import BadAnswer, MissingAnswer
from hark311.domain.questions import Choice, Question, check_answers
from hark311.domain.vocabulary import QuestionType

SIZES = (Choice("small"), Choice("large", {"en": "Large", "es": "Grande"}), Choice("deep"))


def question(kind, code="q", **changes):
    choices = SIZES if kind.value.endswith("list") else ()
    return Question(code, kind, choices=choices, **changes)


def checked(kind, *values, **changes):
    return check_answers([question(kind, **changes)], {"q": values}).get("q")


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        pytest.param("string", [" a  red\ncar "], ("a red car",), id="a line"),
        pytest.param("text", [" one\r\ntwo\x00 "], ("one\ntwo",), id="several lines"),
        pytest.param("number", ["007"], ("7",), id="leading zeros"),
        pytest.param("number", ["+1.50"], ("1.5",), id="a fraction"),
        pytest.param("number", ["-0.0"], ("0",), id="minus nothing"),
        pytest.param("number", ["100"], ("100",), id="zeros that count"),
        pytest.param("number", [".5"], ("0.5",), id="no zero in front"),
        pytest.param("number", ["٤٢"], ("42",), id="Arabic digits"),
        pytest.param("singlevaluelist", ["large"], ("large",), id="one of a list"),
        pytest.param(
            "multivaluelist", ["deep", "small", "deep"], ("small", "deep"), id="some of a list"
        ),
        pytest.param("singlevaluelist", ["", "deep"], ("deep",), id="an empty value beside one"),
        pytest.param("string", [""], None, id="an empty answer is none"),
        pytest.param("multivaluelist", [" ", ""], None, id="nothing ticked"),
        pytest.param("number", [], None, id="no answer"),
    ],
)
def test_an_answer_is_kept_in_its_one_spelling(kind, said, kept):
    assert checked(QuestionType(kind), *said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026", "2026"),
        ("2026-06", "2026-06"),
        ("2026-06-01", "2026-06-01"),
        ("2026-06-01T08:30", "2026-06-01T08:30:00"),
        ("2026-06-01T08:30Z", "2026-06-01T08:30:00+00:00"),
        ("2026-06-01 08:30:05", "2026-06-01T08:30:05"),
        ("2026-06-01t08:30:05.25-04:00", "2026-06-01T08:30:05.250000-04:00"),
        ("2026-06-01T08:30:05.123456789Z", "2026-06-01T08:30:05.123456+00:00"),
        ("2026-06-01T08:30:05,5+0530", "2026-06-01T08:30:05.500000+05:30"),
        ("2026-06-01T08:30:05 05:30", "2026-06-01T08:30:05+05:30"),
        ("2026-06-01 08:30:05 Z", "2026-06-01T08:30:05+00:00"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_every_form_of_the_w3c_is_read(said, kept):
    assert checked(QuestionType.DATETIME, said) == (kept,)


@pytest.mark.parametrize(
    "said",
    [
        "yesterday", "06/01/2026", "2026-13", "2026-02-29", "2026-06-01T25:00", "2026-06-01T08",
        "2026-06-01T08:30+15:00", "2026-06-01T08:30-04:60", "2026-06-01T08:30:61", "2026-W01-1",
        "20260601", "0000-01-01", "2026-06-01T08:30Z tomorrow",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(said):
    with pytest.raises(BadAnswer) as refusal:
        checked(QuestionType.DATETIME, said)
    assert refusal.value.facts == {"question": "q", "reason": "not_a_datetime"}


@pytest.mark.parametrize(
    ("kind", "said", "reason"),
    [
        pytest.param("number", ["two"], "not_a_number", id="a word"),
        pytest.param("number", ["1,500"], "not_a_number", id="a comma means two things"),
        pytest.param("number", ["1e5"], "not_a_number", id="an exponent"),
        pytest.param("number", ["nan"], "not_a_number", id="nan"),
        pytest.param("number", ["1", "2"], "one_answer_only", id="two numbers"),
        pytest.param("string", ["a", "b"], "one_answer_only", id="two lines"),
        pytest.param("singlevaluelist", ["small", "deep"], "one_answer_only", id="two of one"),
        pytest.param("singlevaluelist", ["huge"], "unknown_choice", id="not on the list"),
        pytest.param("singlevaluelist", ["Large"], "unknown_choice", id="a label is no key"),
        pytest.param("multivaluelist", ["small", "huge"], "unknown_choice", id="one not listed"),
        pytest.param("string", ["x" * 1001], "too_long", id="a long line"),
        pytest.param("text", ["x" * 10_001], "too_long", id="a long text"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(kind, said, reason):
    with pytest.raises(BadAnswer) as refusal:
        checked(QuestionType(kind), *said)
    assert (refusal.value.facts["question"], refusal.value.facts["reason"]) == ("q", reason)


def test_an_answer_to_a_question_nobody_asked_is_refused():
    with pytest.raises(BadAnswer) as refusal:
        check_answers([], {"ghost": ("boo",)})
    assert refusal.value.facts == {"question": "ghost", "reason": "unknown_question"}


def test_an_empty_answer_to_a_question_nobody_asked_is_absent():
    assert check_answers([], {"ghost": ("",)}) == {}


@pytest.mark.parametrize("said", [{}, {"q": ()}, {"q": ("  ",)}])
@pytest.mark.parametrize("kind", QuestionType)
def test_a_required_question_wants_an_answer(kind, said):
    with pytest.raises(MissingAnswer) as refusal:
        check_answers([question(kind, required=True)], said)
    assert refusal.value.facts == {"question": "q"}


def test_a_notice_takes_no_answer_and_never_wants_one():
    notice = question(QuestionType.STRING, required=True, variable=False)

    assert check_answers([notice], {}) == {}
    with pytest.raises(BadAnswer) as refusal:
        check_answers([notice], {"q": ("thanks",)})
    assert refusal.value.facts["reason"] == "no_answer_expected"


def test_answers_come_in_the_order_of_the_questions():
    asked = [
        question(QuestionType.STRING, "second", order=2),
        question(QuestionType.STRING, "first", order=1),
    ]
    answers = check_answers(asked, {"second": ("b",), "first": ("a",)})
    assert list(answers) == ["first", "second"]


@given(st.sampled_from(QuestionType), st.text("0123456789-:.TZ +largesm", max_size=30))
def test_an_answer_once_kept_is_kept_as_it_is(kind, said):
    try:
        kept = checked(kind, said)
    except BadAnswer:
        return
    assert kept is None or checked(kind, *kept) == kept
