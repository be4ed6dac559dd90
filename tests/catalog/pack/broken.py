"""The example pack with one change that breaks it."""

from dataclasses import dataclass
from pathlib import Path

CITIES = Path(__file__).parents[3] / "cities"
EXAMPLE = CITIES / "smallville" / "city.yaml"


@dataclass(frozen=True)
class Broken:
    """One change that breaks the example: what is replaced, by what, and what is said of it.

    The fault is expected on the line of the change, or where ``at`` first stands after it.
    """

    old: str
    new: str
    message: str
    remedy: str
    at: str = ""


def broken(case: Broken) -> tuple[str, int]:
    """The example with the change, and the line on which the fault is expected."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(case.old) == 1, f"the example has {text.count(case.old)} times {case.old!r}"
    changed = text.replace(case.old, case.new)
    start = changed.index(case.at) if case.at else text.index(case.old)
    return changed, changed[:start].count("\n") + 1
