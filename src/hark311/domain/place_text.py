"""What people mean when they write where something is: a number, a street, a crossing, a name.

Words are folded to one spelling (no accents, no case, short kinds of street), so that what a
city's files say and what a person types meet. Nothing here knows which streets there are.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONGEST = 200
"""Letters of a text that are read; what comes after is no place."""

# Each kind of street and point of the compass, with every spelling of it that people use.
_SPELLINGS = {
    "aly": "alley callejon",
    "ave": "av avenue aven avenida avda",
    "blvd": "boulevard boul bulevar",
    "cir": "circle circulo",
    "ct": "court",
    "dr": "drive doctor",
    "expy": "expressway autopista",
    "hwy": "highway carretera",
    "ln": "lane",
    "pkwy": "parkway pky pkwy",
    "pl": "place",
    "plz": "plaza",
    "rd": "road camino",
    "sq": "square",
    "st": "street str saint calle",
    "ter": "terrace terr",
    "trl": "trail",
    "way": "wy",
    "n": "north norte",
    "s": "south sur",
    "e": "east este",
    "w": "west oeste",
    "ne": "northeast noreste nordeste",
    "nw": "northwest noroeste",
    "se": "southeast sureste sudeste",
    "sw": "southwest suroeste sudoeste",
    "mt": "mount",
    "ft": "fort",
}
_SHORT: Mapping[str, str] = MappingProxyType(
    {long: short for short, longs in _SPELLINGS.items() for long in (short, *longs.split())}
)
_COMPASS = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
_KINDS = frozenset(
    {"aly", "ave", "blvd", "cir", "ct", "dr", "expy", "hwy", "ln", "pkwy", "pl", "plz"}
    | {"rd", "sq", "st", "ter", "trl", "way"}
)
# Spanish says the kind first ("calle Diez"); English last ("Tenth Street").
_KIND_FIRST = frozenset(
    {"calle", "avenida", "avda", "bulevar", "camino", "carretera", "callejon", "autopista"}
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_NUMBERED = {word: index for index, word in enumerate(_ORDINALS, 1)}
_LEADING = frozenset({"at", "near", "the", "on", "in", "en", "cerca", "el", "la", "los", "las"})
_CORNER = re.compile(
    r"^(?:(?:at|on|en)\s+)?(?:the\s+|la\s+)?(?:corner|intersection|esquina|cruce)\s+(?:of|de)\s+"
)
_JOINED = re.compile(r"\s*[&/@+]\s*|\s+(?:and|at|y|con|esq|esquina con|esquina)\s+")
_BLOCK = re.compile(
    r"^(?:the\s+)?(\d{1,6})\s*(?:block|blk)\s+(?:of\s+)?|^cuadra\s+(\d{1,6})\s+(?:de\s+)?"
)
_NUMBER_FIRST = re.compile(r"^(?:(?:#|no\.?|num\.?|numero)\s*)?(\d{1,6})(?:\s*-\s*\d+)?[a-d]?\s+")
_NUMBER_LAST = re.compile(r"[\s,]+(?:(?:#|no\.?|num\.?|numero)\s*)?(\d{1,6})$")
_UNIT = re.compile(
    r"[\s,]+(?:apt|apto|apartment|apartamento|unit|unidad|suite|ste|floor|piso|room)\b.*$|\s#\s*\w+$"
)
# ``avenu``: the beginnings of the long spellings.
_UNFINISHED = frozenset(
    {long[:end] for long, short in _SHORT.items() if short in _KINDS for end in range(4, len(long))}
)
# ``N.E.`` is one point of the compass, not two letters.
_POINTS = re.compile(r"\b([ns])\.\s?([ew])\b\.?")
_POSTCODE = re.compile(r"(?:,\s*[a-z]{2})?[\s,]+\d{5}(?:-\d{4})?$")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A text for a place, taken apart. Names are folded; two of them mean where they cross.

    whole: the folded text as one name, for places that are called after a number or a pair.
    """

    number: int | None
    names: tuple[str, ...]
    whole: str = ""

    @property
    def is_crossing(self) -> bool:
        return len(self.names) == 2


def read_place(text: str) -> PlaceWords:
    """Take a text apart; no names if it holds no word."""
    plain = _POSTCODE.sub("", _fold_letters(text[:LONGEST]))
    whole = fold_name(plain.split(",")[0])
    parts = _crossing(plain)
    if parts:
        return PlaceWords(None, parts, whole)
    plain = plain.split(",")[0] if not _NUMBER_LAST.match(plain) else plain
    plain = _UNIT.sub("", plain)
    number, rest = _number_of(plain)
    name = fold_name(rest)
    return PlaceWords(number if name else None, (name,) if name else (), whole or name)


def fold_name(text: str) -> str:
    """One spelling for all ways to write a name: ``Calle 10 Noreste`` as ``10th st ne``."""
    letters = _POINTS.sub(r"\1\2", _fold_letters(text).replace("'", ""))
    words = re.findall(r"[^\W_]+", letters)
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    if len(words) > 1 and words[0] in _KIND_FIRST:
        words = _kind_to_its_place(words)
    short = [_SHORT.get(word, word) for word in words]
    return " ".join(_ordinal(short, index) for index in range(len(short)))


def stem_of(name: str) -> str:
    """What tells a folded name from others: without kind of street and point of the compass."""
    words = [word for word in name.split() if not _is_general(word)]
    return " ".join(words) or name


def _is_general(word: str) -> bool:
    """True for kinds of street, also unfinished ones, and points of the compass."""
    return word in _KINDS or word in _COMPASS or word in _UNFINISHED


def interpolate(number: int, first: tuple[int, float], last: tuple[int, float]) -> float:
    """Where a house number lies between two known ones, in the measure of their positions.

    A number outside of the two lies at the nearer end.
    """
    (low, start), (high, end) = sorted((first, last))
    if high == low:
        return start
    share = (min(max(number, low), high) - low) / (high - low)
    return start + share * (end - start)


def nice_name(text: str) -> str:
    """A name as signs have it, from one in capitals only: ``10th St NE``; others as they are."""
    text = " ".join(text.split())
    if text != text.upper():
        return text
    return " ".join(_nice_word(word) for word in text.split(" "))


def _nice_word(word: str) -> str:
    if word.lower().strip(".") in _COMPASS:
        return word
    return word.lower() if word[:1].isdigit() else word.capitalize()


def _fold_letters(text: str) -> str:
    """Small letters without accents or marks, single spaces; other alphabets stay."""
    # Some letters of other shapes are capitals only once they are taken apart.
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", bare).replace("’", "'").split())


def _crossing(plain: str) -> tuple[str, ...]:
    corner = _CORNER.sub("", plain)
    parts = _JOINED.split(corner.split(",")[0])
    if len(parts) != 2 or (corner == plain and _NUMBER_FIRST.match(plain)):
        return ()
    names = tuple(fold_name(part) for part in parts)
    return names if all(names) else ()


def _number_of(plain: str) -> tuple[int | None, str]:
    """The house number and what is left of the text."""
    block = _BLOCK.match(plain)
    if block:
        return int(block[1] or block[2]), plain[block.end() :]
    first = _NUMBER_FIRST.match(plain)
    if first and not _is_kind_alone(plain[first.end() :]):
        return int(first[1]), plain[first.end() :]
    last = _NUMBER_LAST.search(plain)
    if last and last.start() and plain.split()[0] not in _NUMBERED:
        rest = plain[: last.start()]
        if len(rest.split()) > 1 or rest not in _KIND_FIRST:
            return int(last[1]), rest
    return None, plain


def _is_kind_alone(rest: str) -> bool:
    """True for "10 st" or "10 st ne": the number is the street's name."""
    words = [_SHORT.get(word, word) for word in rest.replace(".", " ").split()]
    return bool(words) and words[0] in _KINDS and all(word in _COMPASS for word in words[1:])


def _kind_to_its_place(words: list[str]) -> list[str]:
    """Move a leading kind behind the name, before a compass point at the end."""
    kind, *name = words
    if len(name) > 1 and name[0] in {"de", "del"}:
        name = name[1:]
    is_last = len(name) > 1 and _SHORT.get(name[-1], name[-1]) in _COMPASS
    at = len(name) - 1 if is_last else len(name)
    if _SHORT.get(name[at - 1], name[at - 1]) in _KINDS:
        return name
    return [*name[:at], kind, *name[at:]]


def _ordinal(words: list[str], index: int) -> str:
    """``10`` before a kind of street and ``tenth`` as ``10th``."""
    word = words[index]
    if word in _NUMBERED:
        return _with_ending(_NUMBERED[word])
    follows = words[index + 1] if index + 1 < len(words) else ""
    if word.isascii() and word.isdigit() and len(word) < 4 and index == 0 and follows in _KINDS:
        return _with_ending(int(word))
    return word


def _with_ending(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
