"""Texts kept ready: which blanks each use may hold, and how they are filled."""

import pytest

from hark311.domain.canned import TextUse, blanks_of, filled, unknown_blanks


@pytest.mark.parametrize("use", TextUse)
def test_the_number_of_a_case_is_for_words_to_one_person_only(use):
    assert ("number" in blanks_of([use])) == (use in {TextUse.QUESTION, TextUse.ANSWER})


def test_a_text_for_several_uses_holds_only_what_all_of_them_fill():
    assert "number" not in blanks_of([TextUse.QUESTION, TextUse.NEWS])


def test_a_blank_of_which_nothing_is_known_stays_in_sight():
    assert filled("To {street} on {date}.", {"street": "Elm", "date": ""}) == "To Elm on {date}."


def test_unknown_blanks_are_named():
    assert unknown_blanks("{street} {mayor}", frozenset({"street"})) == ("mayor",)


def test_broken_braces_are_refused():
    with pytest.raises(ValueError, match="expected"):
        unknown_blanks("{street", frozenset({"street"}))
