"""Words that are needed are there, without the blanks around them."""

import pytest

from hark311.domain.errors import MissingText
from hark311.domain.words import required_words


def test_blanks_around_words_are_dropped():
    assert required_words("  Filled on Monday.\n") == "Filled on Monday."


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u00a0"])
def test_blanks_are_no_words(text):
    with pytest.raises(MissingText) as missing:
        required_words(text, field="reason")

    assert missing.value.facts == {"field": "reason"}
