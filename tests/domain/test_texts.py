"""Which of several languages is shown."""

import pytest

from hark311.domain.texts import in_language, language_told


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        pytest.param({"en": "Hole", "es": "Hoyo"}, "es", "Hoyo", id="its own"),
        pytest.param({"en": "Hole", "zh": "坑"}, "zh-Hant", "坑", id="its base language"),
        pytest.param({"en": "Hole", "es": "Hoyo"}, "ko", "Hole", id="else English"),
        pytest.param({"en": "", "fr": "Trou"}, "ko", "Trou", id="else any that says something"),
        pytest.param({}, "en", "", id="else nothing"),
    ],
)
def test_the_nearest_language_is_shown(texts, language, shown):
    assert in_language(texts, language) == shown


def test_which_language_is_shown_is_told():
    assert language_told({"en": "Hole", "zh": "坑"}, "zh-Hant") == "zh"
    assert language_told({}, "en") == ""
