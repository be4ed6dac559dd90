"""Pieces of words as numbers: what makes a text known again though it is misspelt."""

import re
import unicodedata
from collections import Counter
from zlib import crc32

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 14
# Pieces behind this many characters add nothing to what a message is about.
_LONGEST = 600
_SIZES = (2, 3, 4, 5)
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """``text`` in small letters without accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of ``text``, folded."""
    return _WORD.findall(folded(text))


def pieces(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The buckets that ``text`` falls into, ascending, and how much each counts."""
    counts: Counter[int] = Counter()
    before = ""
    for word in words_of(text[:_LONGEST]):
        counts[_bucket(f"={word}")] += 2
        if before:
            counts[_bucket(f"{before}+{word}")] += 1
        before = word
        framed = f" {word} "
        for size in _SIZES:
            for start in range(len(framed) - size + 1):
                counts[_bucket(framed[start : start + size])] += 1
    places = np.array(sorted(counts), dtype=np.int64)
    weights = np.sqrt(np.array([counts[int(place)] for place in places], dtype=np.float32))
    return places, weights


def _bucket(piece: str) -> int:
    return crc32(piece.encode()) % BUCKETS
