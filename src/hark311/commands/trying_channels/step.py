"""One step of trying a channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """line: what was seen, or what is wrong and how it is mended."""

    line: str
    is_well: bool = True
