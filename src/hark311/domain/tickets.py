"""The queue of people who walk in: what they need, whose turn it is, and how long it may take."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from statistics import median


class Need(StrEnum):
    """What somebody comes for; the letter on the ticket tells it to staff."""

    REPORT = "report"
    STATUS = "status"
    QUESTION = "question"
    OTHER = "other"

    @property
    def letter(self) -> str:
        return {"report": "A", "status": "B", "question": "C", "other": "D"}[self.value]


# Until a desk has served somebody today, one person is taken to need so long.
FIRST_GUESS = timedelta(minutes=6)
_LEAST, _MOST_SEEN = timedelta(minutes=1), 20


def label(need: Need, place: int) -> str:
    """What stands on the ticket and is called out: A7, B12."""
    return f"{need.letter}{place}"


def expected_wait(ahead: int, desks: int, served: Sequence[timedelta]) -> timedelta:
    """How long somebody waits with so many ahead of them.

    desks: that serve now; none counts as one. served: how long the last ones took, oldest first.
    """
    recent = served[-_MOST_SEEN:]
    seconds = median(one.total_seconds() for one in recent) if recent else 0.0
    each = max(timedelta(seconds=seconds), _LEAST) if recent else FIRST_GUESS
    return each * ahead / max(desks, 1)
