"""The clock of one promise: the states it may be in, and what a sweep has to do about it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal


class ClockState(StrEnum):
    """Superseded: a change of service gave the case another promise, and both are kept; or
    the reporter withdrew, and nothing is owed any more.
    """

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    SUPERSEDED = "superseded"

    @property
    def is_live(self) -> bool:
        """True while the promise can still be kept or broken."""
        return self in {ClockState.RUNNING, ClockState.PAUSED}


ClockStep = Literal["warn", "breach"]


def next_step(
    due_at: datetime,
    warn_at: datetime,
    warned_at: datetime | None,
    breached_at: datetime | None,
    now: datetime,
) -> ClockStep | None:
    """Return what a running clock calls for now, or None; each step is called for once.

    A promise kept at the very instant it falls due is kept: it is broken after that
    instant. A clock found late is not warned about first: a breach ends its steps.
    """
    if breached_at is not None:
        return None
    if now > due_at:
        return "breach"
    if warned_at is None and now >= warn_at:
        return "warn"
    return None
