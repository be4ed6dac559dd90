"""Finds words that mean danger, before anything else is read from a text.

Two levels: stop (show 911 or 988 now, still record) and ask (is anyone in danger?).
The lexicon is small and written for word boundaries; it misses much of what people
really say, so a quiet answer here is never proof of safety.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import HazardLevel

_STOP = HazardLevel.STOP
_ASK = HazardLevel.ASK

# language -> (level, kind, line) -> phrases, without accents, matched as whole words.
_LEXICON: Mapping[str, Mapping[tuple[HazardLevel, str, str], tuple[str, ...]]] = MappingProxyType(
    {
        "en": {
            (_STOP, "fire", "911"): (
                "house on fire", "building on fire", "car on fire", "is on fire", "see flames",
                "house is burning", "smell gas", "smells like gas", "gas leak",
            ),
            (_STOP, "crime", "911"): (
                "has a gun", "with a gun", "shots fired", "being attacked", "is attacking",
                "breaking into", "being robbed", "stabbed", "kidnapped",
            ),
            (_STOP, "medical", "911"): (
                "not breathing", "can't breathe", "cannot breathe", "unconscious",
                "heart attack", "overdose", "bleeding badly", "having a stroke",
            ),
            (_STOP, "wires", "911"): ("wire is sparking", "wires sparking", "live wire down"),
            (_STOP, "water", "911"): ("is drowning", "trapped in water", "trapped in the car"),
            (_STOP, "suicide", "988"): (
                "kill myself", "end my life", "want to die", "suicidal", "suicide",
                "hurt myself",
            ),
            (_ASK, "fire", "911"): ("smoke", "sparks", "sparking", "burning smell", "fire"),
            (_ASK, "wires", "911"): ("wire down", "wires down", "power line down", "downed line"),
            (_ASK, "crime", "911"): ("gun", "weapon", "fight", "threatened", "screaming"),
            (_ASK, "medical", "911"): ("hurt", "injured", "collapsed", "passed out", "bleeding"),
            (_ASK, "traffic", "911"): ("crash", "accident with injuries", "hit by a car"),
        },
        "es": {
            (_STOP, "fire", "911"): (
                "casa en llamas", "edificio en llamas", "se esta quemando", "se quema la casa",
                "huele a gas", "fuga de gas",
            ),
            (_STOP, "crime", "911"): (
                "tiene una pistola", "con una pistola", "tiene un arma", "disparos",
                "me estan atacando", "estan robando", "apunalado", "secuestrado",
            ),
            (_STOP, "medical", "911"): (
                "no respira", "no puedo respirar", "inconsciente", "ataque al corazon",
                "infarto", "sobredosis", "sangra mucho",
            ),
            (_STOP, "wires", "911"): ("cable echando chispas", "cables echando chispas"),
            (_STOP, "suicide", "988"): (
                "matarme", "quitarme la vida", "quiero morir", "suicidarme", "suicidio",
                "hacerme dano",
            ),
            (_ASK, "fire", "911"): ("humo", "chispas", "incendio", "fuego", "olor a quemado"),
            (_ASK, "wires", "911"): ("cable caido", "cables caidos"),
            (_ASK, "crime", "911"): ("pistola", "arma", "pelea", "amenaza", "gritos"),
            (_ASK, "medical", "911"): ("herido", "herida", "desmayado", "sangre"),
            (_ASK, "traffic", "911"): ("choque", "atropellado", "atropellada"),
        },
    }
)  # fmt: skip

NO_HAZARD = Hazard(level=HazardLevel.NONE, kind="", line="")


def find_hazard(text: str, language: str) -> Hazard:
    """The gravest hazard that ``text`` names, in its own language or in English.

    Other languages are not looked through, since short words of one mean other things in
    another; a text in a language without a lexicon is read as English.
    """
    folded = _fold(text)
    spoken = dict.fromkeys((language.split("-")[0], "en"))
    for wanted in (HazardLevel.STOP, HazardLevel.ASK):
        for code in spoken:
            for (level, kind, line), pattern in _PATTERNS.get(code, {}).items():
                if level is wanted and pattern.search(folded):
                    return Hazard(level=level, kind=kind, line=line)
    return NO_HAZARD


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_PATTERNS = {
    code: {
        hazard: re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
        for hazard, phrases in hazards.items()
    }
    for code, hazards in _LEXICON.items()
}
