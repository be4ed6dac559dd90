"""The language of a message is told, also when it is short, mixed or without accents."""

import pytest

from hark311.language.identify import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the street light is out", "en"),
        ("hay un bache", "es"),
        ("hay un hoyo en mi calle", "es"),
        ("gen yon twou nan lari a", "ht"),
        ("may butas sa kalsada", "tl"),
        ("co o ga tren duong truoc nha", "vi"),
        ("có ổ gà", "vi"),
        ("le trottoir est cassé", "fr"),
        ("tem um buraco na rua", "pt"),
        ("路灯坏了三天", "zh-Hans"),
        ("路燈壞了三天", "zh-Hant"),
        ("가로등 고장", "ko"),
        ("мусор не вывезли", "ru"),
        ("सड़क पर गड्ढा है", "hi"),
        ("መንገዱ ላይ ጉድጓድ አለ", "am"),
        ("هناك حفرة في الشارع", "ar"),
    ],
)
def test_each_of_the_languages_is_known(text, language):
    assert language_of(text).main == language


@pytest.mark.parametrize("text", ["", "1428", "😀"])
def test_where_nothing_is_said_the_hint_is_believed(text):
    assert language_of(text, "ko").main == "ko"
    assert language_of(text).main == "en"


def test_a_hint_decides_for_a_single_word():
    assert language_of("bus stop", "en").main == "en"
    assert language_of("垃圾", "zh-Hant").main == "zh-Hant"


def test_a_second_language_is_named_too():
    assert language_of("the 路灯 is out").also == ("zh-Hans",)
