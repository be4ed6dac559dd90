"""Where something stands in a pack, and what is wrong with it."""

from dataclasses import dataclass
from typing import Self

from yaml import Mark, Node


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; the file is named relative to the pack's folder, lines count from 1."""

    file: str
    line: int

    @classmethod
    def of_mark(cls, mark: Mark) -> Self:
        return cls(file=str(mark.name), line=mark.line + 1)

    @classmethod
    def of(cls, node: Node) -> Self:
        return cls.of_mark(node.start_mark)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Word(str):
    """A text of the pack that remembers where it stands; it compares as its text."""

    at: Place

    def __new__(cls, text: str, at: Place) -> Self:
        word = super().__new__(cls, text)
        word.at = at
        return word

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override]  # copies keep the place
        return str(self), self.at


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a pack, where, and what to do about it."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.remedy}"
