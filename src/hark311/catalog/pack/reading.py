"""What is gathered while a pack is read: faults, codes given, codes referred to, texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from hark311.catalog.pack.marks import Fault, Place, Word


@dataclass(frozen=True, slots=True)
class Reference:
    """A code that names something of ``kind`` elsewhere in the pack."""

    kind: str
    word: Word


@dataclass(frozen=True, slots=True)
class TextsRead:
    """One thing worded in some languages; the check of languages needs no more than this."""

    at: Place
    languages: Mapping[str, Place]


@dataclass(slots=True)
class Reading:
    """The notebook of one reading. It is complete even where records could not be built."""

    faults: list[Fault] = field(default_factory=list)
    codes: dict[str, list[Word]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    texts: list[TextsRead] = field(default_factory=list)
    is_whole: bool = True
    """False once a file could not be read: then nothing can be called missing."""

    def fault(self, at: Place, message: str, remedy: str) -> None:
        self.faults.append(Fault(at.file, at.line, message, remedy))

    def define(self, kind: str, word: Word) -> None:
        self.codes.setdefault(kind, []).append(word)

    def refer(self, kind: str, word: Word) -> None:
        self.references.append(Reference(kind, word))

    def known(self, kind: str) -> Collection[str]:
        return {str(word) for word in self.codes.get(kind, ())}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy: the nearest known word, or all of them while they are few."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    if not names:
        return "Nothing can be named here yet."
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Use one of: {shown}."
