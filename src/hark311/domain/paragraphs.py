"""The little form that answers are written in: paragraphs, and points that begin with a dash."""

from dataclasses import dataclass

_POINT = "- "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of one line, or a list of several points."""

    is_list: bool
    lines: tuple[str, ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The text in blocks: an empty line parts them, and so does a change to or from points."""
    blocks: list[Block] = []
    for part in text.replace("\r", "").split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        plain = [line for line in lines if not line.startswith(_POINT)]
        points = [line.removeprefix(_POINT) for line in lines if line.startswith(_POINT)]
        if plain:
            blocks.append(Block(False, (" ".join(plain),)))
        if points:
            blocks.append(Block(True, tuple(points)))
    return tuple(blocks)


def opening_of(text: str) -> str:
    """The first paragraph, for a list."""
    return next((block.lines[0] for block in blocks_of(text)), "")
