"""Case numbers, against the published Damm examples and every slip of one hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import BadNumber
from hark311.domain.numbers import damm, format_number, is_number, number_in, parse_number

NUMBERS = st.builds(format_number, st.integers(2000, 2099), st.integers(1, 99_999_999))


@pytest.mark.parametrize(
    ("digits", "check"),
    [("572", 4), ("5724", 0), ("43881234567", 9), ("", 0), ("0000000000", 0)],
)
def test_the_check_digit_is_that_of_the_published_examples(digits, check):
    assert damm(digits) == check


def test_a_number_is_year_serial_and_check_digit():
    number = format_number(2026, 42)

    assert number[:12] == "26-00000042-"
    assert damm(number.replace("-", "")) == 0


@pytest.mark.parametrize("serial", [0, -1, 100_000_000])
def test_a_serial_that_does_not_fit_is_refused(serial):
    with pytest.raises(BadNumber) as refusal:
        format_number(2026, serial)
    assert refusal.value.facts == {"reason": "serial", "serial": serial}


def _spellings(number):
    year, serial, check = number.split("-")
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    return [
        number,
        number.replace("-", ""),
        f"  {year} {serial[:4]} {serial[4:]} {check}\n",
        number.replace("-", "\u2013"),
        number.replace("-", "\u2212"),
        number.translate(wide),
        number.translate(arabic),
        f"\u200f{number}\u200f",
        "-".join(number.replace("-", "")),
    ]


@given(NUMBERS)
def test_every_spelling_of_a_number_is_read_as_the_number(number):
    assert {parse_number(spelling) for spelling in _spellings(number)} == {number}


@given(NUMBERS, st.integers(0, 10), st.integers(1, 9))
def test_every_wrong_digit_is_found(number, place, shift):
    digits = number.replace("-", "")
    wrong = str((int(digits[place]) + shift) % 10)

    slip = digits[:place] + wrong + digits[place + 1 :]

    with pytest.raises(BadNumber) as refusal:
        parse_number(slip)
    assert refusal.value.facts["reason"] == "check_digit"


@given(NUMBERS, st.integers(0, 9))
def test_every_swap_of_neighbors_is_found(number, place):
    digits = number.replace("-", "")

    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    assert is_number(swapped) is (swapped == digits)


@pytest.mark.parametrize(
    ("text", "reason", "digits"),
    [
        pytest.param("", "length", 0, id="nothing"),
        pytest.param("26-0000042", "length", 9, id="a digit forgotten"),
        pytest.param("4045551234", "length", 10, id="a telephone number"),
        pytest.param("26-000000042-11", "length", 13, id="too many"),
        pytest.param("my pothole", "characters", 0, id="words"),
        pytest.param("26-0000O042-3", "characters", 6, id="the letter O"),
        pytest.param("²6-00000042-3", "characters", 0, id="a superscript is no digit"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text, reason, digits):
    with pytest.raises(BadNumber) as refusal:
        parse_number(text)
    assert refusal.value.facts == {"reason": reason, "digits": digits}
    assert not is_number(text)


@given(st.text("0123456789- ٣３−–x\u200f\n"))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    assert is_number(text) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Case number {}", id="among words"),
        pytest.param("https://311.test/es/track/{}?t=0123456789abcdef", id="in a link"),
        pytest.param("Your report is closed: {}.", id="a subject"),
        pytest.param("{} and once more {}", id="twice the same"),
    ],
)
def test_a_number_is_found_among_other_words(text):
    number = format_number(2026, 4821)

    assert number_in(text.format(number, number)) == number


@pytest.mark.parametrize("text", ["my pothole", "call 404-555-0123", "26-1234"])
def test_where_there_is_no_number_none_is_found(text):
    with pytest.raises(BadNumber):
        number_in(text)


def test_of_two_numbers_none_is_chosen():
    both = f"{format_number(2026, 1)} or {format_number(2026, 2)}"

    with pytest.raises(BadNumber):
        number_in(both)
