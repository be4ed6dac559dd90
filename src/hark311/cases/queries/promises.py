"""Reads the dates that were promised for a case, and whether each was kept."""

from dataclasses import dataclass
from datetime import datetime

from hark311.cases.models import Clock
from hark311.domain.clocks import ClockState
from hark311.domain.vocabulary import Target


@dataclass(frozen=True, slots=True)
class PromisedDate:
    """One promised date. met_at: None while it runs, stands still or was replaced."""

    target: Target
    due_at: datetime
    met_at: datetime | None

    @property
    def is_kept(self) -> bool:
        return self.met_at is not None and self.met_at <= self.due_at


def promised_dates(case_id: int) -> tuple[PromisedDate, ...]:
    """Every date promised for a case, the newest promise first. One statement.

    What a change of service replaced is left out: another promise stands in its place.
    """
    rows = Clock.objects.filter(case_id=case_id).exclude(state=ClockState.SUPERSEDED.value)
    return tuple(
        PromisedDate(Target(row.target), row.due_at, row.met_at) for row in rows.order_by("-id")
    )
