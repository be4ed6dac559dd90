"""What would reach or name the holder is covered in a text before anybody else reads it."""

import pytest

from hark311.privacy.text import MASK, mask_text

PHONE = "+14045550123"


@pytest.mark.parametrize(
    "written",
    [
        "404-555-0123",
        "(404)555 0123",
        "4 0 4 5 5 5 0 1 2 3",
        "404_555_0123",
        "404,555,0123",
        "555-0123",
        "４０４－５５５－０１２３",
    ],
)
def test_the_holders_own_number_is_covered_however_it_is_spaced(written):
    assert mask_text(f"Call {written} now.", phone=PHONE) == f"Call {MASK} now."


@pytest.mark.parametrize("glued", ["call404-555-0123now", "tel:4045550123x", "id4045550123"])
def test_the_holders_own_number_is_covered_within_a_word(glued):
    assert "555" not in mask_text(glued, phone=PHONE)


def test_a_longer_number_that_holds_its_digits_is_another():
    assert mask_text("Meter 995550123.", phone=PHONE) == "Meter 995550123."


@pytest.mark.parametrize("written", ["ADA POE", "ada_poe", "Ada-Poe", "Poe, Ada", "Ada's"])
def test_the_holders_own_name_is_covered_however_it_is_joined(written):
    masked = mask_text(written, name="Ada Poe").lower()

    assert "ada" not in masked
    assert "poe" not in masked


def test_other_peoples_addresses_and_numbers_are_covered_too():
    text = "Ask bob@people.test or 212 555 0199."

    assert mask_text(text) == f"Ask {MASK} or {MASK}."
