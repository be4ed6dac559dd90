"""How hard English is to read: the grade of Flesch and Kincaid, over a page's own prose."""

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"[.!?:;…]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?<!e)(?<!i)(?<!o)(?<!y)(?<![^aeiouy]l)e$")
# Short blocks such as a button say too little for a grade; too few of them give none.
LEAST_WORDS = 30


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, a silent e left out."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    count = len(_VOWELS.findall(plain))
    if _SILENT_E.search(plain):
        count -= 1
    if plain.endswith("ed") and not plain.endswith(("ted", "ded", "ied")):
        count -= 1
    return max(count, 1)


def sentences_of(blocks: Sequence[str]) -> list[list[str]]:
    """The words of each sentence; a block ends one. Names inside a sentence are left out."""
    found = []
    for block in blocks:
        for part in _SENTENCE.split(block):
            words = _WORD.findall(part)
            kept = [word for at, word in enumerate(words) if at == 0 or word[0].islower()]
            if kept:
                found.append(kept)
    return found


def grade(blocks: Sequence[str]) -> float | None:
    """The school grade that reads it with ease; None where there are too few words to say."""
    sentences = sentences_of(blocks)
    words = [word for sentence in sentences for word in sentence]
    if len(words) < LEAST_WORDS:
        return None
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
