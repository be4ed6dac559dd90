"""Options that are numbered, said a page at a time, and found again by key or by name."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hark311.domain.conversation_records import Line, Means, Option, Talk, Turn, Want

MORE = "more"
_SHORTEST_NAME = 3


def numbered(options: Iterable[Option]) -> tuple[Option, ...]:
    """The options with keys from 1 on."""
    return tuple(replace(one, key=str(place)) for place, one in enumerate(options, start=1))


def paged(
    talk: Talk,
    lines: tuple[Line, ...],
    options: Sequence[Option],
    means: Means,
    *,
    may_skip: bool = False,
) -> Turn:
    """The page of options that the talk is at; the last key of a page leads to the next one.

    After the last page comes the first.
    """
    pages = max(1, -(-len(options) // means.page))
    start = (talk.page % pages) * means.page
    offered = numbered(options[start : start + means.page])
    if pages > 1:
        offered = (*offered, Option(str(means.page + 1), MORE, Line("more")))
    return Turn(talk, lines, offered, Want.CHOICE, may_skip=may_skip)


def chosen(options: Sequence[Option], said: str) -> Option | None:
    """The option of this key, or the one alone whose name begins so in any language."""
    wanted = said.strip().casefold()
    for option in options:
        if option.key == wanted:
            return option
    if len(wanted) < _SHORTEST_NAME:
        return None
    named = [one for one in options if any(_names(one, wanted))]
    return named[0] if len(named) == 1 else None


def _names(option: Option, wanted: str) -> Iterable[bool]:
    return (text.casefold().startswith(wanted) for text in option.line.texts.values())
