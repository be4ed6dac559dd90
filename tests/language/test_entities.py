"""What a message names exactly is found by its form."""

import pytest

from hark311.domain.numbers import format_number
from hark311.language.entities import EntityKind, entities_in
from hark311.language.personal import personal_data_in, without_personal_data

NUMBER = format_number(2026, 12345)


@pytest.mark.parametrize("written", [NUMBER, NUMBER.replace("-", ""), NUMBER.replace("-", " ")])
def test_a_case_number_is_known_however_it_is_spaced(written):
    (found,) = entities_in(f"what about {written}, any news")

    assert (found.kind, found.value) == (EntityKind.CASE_NUMBER, NUMBER)


def test_a_number_that_does_not_check_is_no_case_number():
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)

    assert not [one for one in entities_in(wrong) if one.kind is EntityKind.CASE_NUMBER]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("call me at 404-555-0123", EntityKind.PHONE, "+14045550123"),
        ("write to ann.lee@example.com please", EntityKind.EMAIL, "ann.lee@example.com"),
        ("hole at 1428 Ashby Street NW", EntityKind.ADDRESS, "1428 Ashby Street NW"),
        ("theres a crater in front of 1428 ashby", EntityKind.ADDRESS, "1428 ashby"),
        ("big hole at 5th and Peachtree", EntityKind.CROSSING, "5th and Peachtree"),
        ("broken swing in Grant Oak Park", EntityKind.LANDMARK, "Grant Oak Park"),
        ("since monday", EntityKind.DATE, "monday"),
        ("every night at 11:30 pm", EntityKind.TIME, "11:30 pm"),
        ("red van, plate ABC 1234", EntityKind.PLATE, "ABC 1234"),
    ],
)
def test_each_kind_is_found(text, kind, value):
    assert (kind, value) in {(one.kind, one.value) for one in entities_in(text)}


def test_personal_data_is_covered():
    text = "My name is Ann Lee, 404-555-0123, ann@example.com, SSN 078-05-1120. Hole on Oak."

    assert {one.kind for one in personal_data_in(text)} == {
        "name",
        "phone",
        "email",
        "social_security",
    }
    assert without_personal_data(text) == "My name is ●●●, ●●●, ●●●, SSN ●●●. Hole on Oak."


def test_a_long_text_is_looked_through_within_bounds():
    assert entities_in("9" * 100_000) == ()
