"""Tells in which of our languages a text is written, also when it is short or mixed.

Writing tells most; Latin letters are told apart by a small statistical model, helped by words that
only one of the languages has, since messages are short and often without accents.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from hark311.language.chinese import chinese_of
from hark311.language.grams import folded
from hark311.language.heads import Head

FIRST = "en"
LATIN = ("en", "es", "fr", "ht", "pt", "tl", "vi")
_BY_SCRIPT: Mapping[str, str] = MappingProxyType(
    {
        "HANGUL": "ko",
        "ETHIOPIC": "am",
        "DEVANAGARI": "hi",
        "CYRILLIC": "ru",
        "ARABIC": "ar",
        "CJK": "zh",
    }
)
# One sign of these says as much as several letters.
_WEIGHTS: Mapping[str, float] = MappingProxyType({"zh": 3.0, "ko": 2.0, "am": 1.6})
# Words, folded, that tell one of the languages with Latin letters from the others.
_TELLING: Mapping[str, str] = MappingProxyType(
    {
        "en": "the is and my are was on in of to it not there street broken please with water"
        " light trash car road someone they have has need been their our from at out how what"
        " when where who can i you this that for sidewalk hole dog tree neighbor house",
        "es": "el la los las una un hay esta mi no calle en por que del se y con muy mis su me"
        " agua basura luz carro coche bache perro arbol vecino vecinos casa desde hace favor"
        " quiero necesito donde cuando como gracias hola semana dias roto rota ayuda estan",
        "fr": "le la les une un est dans sur pas mon ma mes il y a des du et avec je nous devant"
        " depuis rue eau poubelle lumiere voiture chien arbre voisin voisins maison trottoir"
        " bonjour merci ou quand comment cassee casse trou c'est j'ai ne qui pour chez nids",
        "ht": "nan yon mwen gen pa ki sou li yo ap te la lari dlo fatra limye machin chyen pyebwa"
        " vwazen kay kraze tanpri mesi bonjou kote kile kijan depi devan twou moun pou ak nou se"
        " poko pran vin kap mwenn wout plen mouri anpil",
        "pt": "o a os as um uma na no em nao minha meu esta com de da do e que por ha para rua"
        " agua lixo luz carro buraco cachorro arvore vizinho casa obrigado ola quero preciso"
        " onde quando como desde faz semana dias quebrado quebrada tem calcada estao voces ja",
        "tl": "ang ng sa na may mga po ay hindi ako namin ko kalsada kalye tubig basura ilaw"
        " sasakyan kotse aso puno kapitbahay bahay sira butas walang salamat saan kailan paano"
        " dito kasi pa si naman yung lang nila kami gusto pwede wala meron araw linggo",
        "vi": "co khong duong nuoc rac den xe cho cay nha toi va la mot o bi hong nguoi nay cua"
        " tren truoc hang xom via he pho xin cam on dau khi nao the lam giup ngay tuan chua qua",
    }
)
_OWN_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "vi": "đăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
        "es": "ñ¿¡",
        "pt": "ãõ",
        "fr": "œêîûëïùç",
    }
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# How much a telling word moves the model's opinion; a hint counts only where little is said.
_TELLS, _LETTER_TELLS, _HINT_TELLS = 1.3, 3.0, 2.5
_LEARNED_TELLS = 1.5
_FEW_WORDS = 3
# Where nothing tells, most people here write so.
_FIRST_TELLS = 2.0
# The part of a text that makes it written in a second language, too.
_SECOND = 0.2


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of most of a text, and the others that a good part of it is in."""

    main: str
    also: tuple[str, ...] = ()


def language_of(text: str, hint: str = "", head: Head | None = None) -> Spoken:
    """The language of ``text``; where it holds no word, ``hint``, else English.

    hint: the language of the page or person; decides between languages for one or two words.
    head: what was learned about languages with Latin letters.
    """
    hint = _canonical(hint)
    shares = _shares(text)
    if not shares:
        return Spoken(hint or FIRST)
    total = sum(shares.values())
    named = {
        _named(script, text, hint, head): share
        for script, share in shares.most_common()
        if share > 0
    }
    main = next(iter(named))
    also = [code for code, share in named.items() if code != main and share / total >= _SECOND]
    return Spoken(main, (*also, *_second_latin(text, main)))


def _canonical(code: str) -> str:
    """A code as this package writes it: ``zh-hans`` is ``zh-Hans``, ``es-419`` is ``es``."""
    base, _dash, rest = code.partition("-")
    return f"zh-{rest.title()}" if base.lower() == "zh" and rest else base.lower()


def _shares(text: str) -> Counter[str]:
    """How much of the text is in each writing; Latin letters are ''."""
    shares: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha():
            code = _script(letter)
            shares[code] += _WEIGHTS.get(code, 1.0)  # type: ignore[assignment]  # parts add up
    return shares


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((code for word, code in _BY_SCRIPT.items() if name.startswith(word)), "")


def _named(script: str, text: str, hint: str, head: Head | None) -> str:
    if script == "zh":
        return chinese_of(text, hint)
    return script or _latin(text, hint, head)


def _latin(text: str, hint: str, head: Head | None) -> str:
    words = _words(text)
    if not words:
        return hint if hint in LATIN else FIRST
    scores = {code: math.log(max(part, 1e-6)) for code, part in _model().rank(_plain(text))}
    learned = _learned(text, head)
    told = _told(words)
    for code in LATIN:
        scores[code] += _LEARNED_TELLS * learned.get(code, 0.0)
        scores[code] += _TELLS * told[code]
        scores[code] += _LETTER_TELLS * _own_letters(code, text)
    scores[FIRST] += _FIRST_TELLS
    if hint in scores and len(words) <= _FEW_WORDS:
        scores[hint] += _HINT_TELLS
    return max(LATIN, key=lambda code: scores[code])


def _second_latin(text: str, main: str) -> tuple[str, ...]:
    """Another language whose own words are a good part of the text."""
    words = _words(text)
    told = _told(words, only=True)
    return tuple(
        code
        for code in LATIN
        if code != main and told[code] >= 2 and told[code] >= _SECOND * max(len(words), 1)
    )


def _told(words: Iterable[str], *, only: bool = False) -> Counter[str]:
    """How many words tell for each language; words of several count for each in part."""
    told: Counter[str] = Counter()
    for word in words:
        codes = _telling().get(word, ())
        for code in codes:
            if not only or len(codes) == 1:
                told[code] += 1 / len(codes)  # type: ignore[assignment]  # parts add up
    return told


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(folded(text)) if not _script(word[0])]


def _learned(text: str, head: Head | None) -> dict[str, float]:
    """How likely each language is by its pieces of words, as logarithms."""
    if head is None:
        return {}
    confidences = head.confidences(text, None).tolist()
    return {
        code: math.log(max(part, 1e-6)) for code, part in zip(head.labels, confidences, strict=True)
    }


def _own_letters(code: str, text: str) -> int:
    """How many letters only this language has, two at most."""
    own = _OWN_LETTERS.get(code, "")
    return min(2, sum(letter in own for letter in text.lower()))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


@cache
def _telling() -> Mapping[str, tuple[str, ...]]:
    telling: dict[str, tuple[str, ...]] = {}
    for code, words in _TELLING.items():
        for word in words.split():
            telling[word] = (*telling.get(word, ()), code)
    return telling


@cache
def _model() -> LanguageIdentifier:
    """Read once a process: half a second."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(LATIN))
    return model
