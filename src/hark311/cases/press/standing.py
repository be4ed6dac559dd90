"""An incident under print and what hangs on it, with the instants that deeds reckon with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hark311.cases.press.paper import Line, Stream, iso
from hark311.domain import promises
from hark311.domain.clocks import ClockState
from hark311.domain.lifecycle import State
from hark311.domain.promises import SlaTarget
from hark311.domain.timetable import Timetable
from hark311.domain.vocabulary import Standing
from hark311.government.queries import Organisation, QueueRecord

RUNNING = ClockState.RUNNING.value
PAUSED = ClockState.PAUSED.value
MET = ClockState.MET.value


@dataclass(slots=True)
class Ticking:
    """One clock: its row, and its instants as instants. laid_out: by what it counts, if known."""

    line: Line
    target: SlaTarget
    laid_out: Timetable | None
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    warned: bool = False
    breached: bool = False
    paused_at: datetime | None = None

    @property
    def hours(self) -> Timetable:
        if self.laid_out is None:
            raise AssertionError("clocks that pause need the timetables of their office")
        return self.laid_out

    @property
    def is_running(self) -> bool:
        return bool(self.line.columns["state"] == RUNNING)


@dataclass(slots=True)
class Held:
    """One case: its row, its clocks, and what its reporter is asked or says is not true."""

    line: Line
    membership: Line
    clocks: list[Ticking]
    question: Line | None = None
    question_due_at: datetime | None = None
    dispute: Line | None = None
    follows: list[Line] = field(default_factory=list)

    @property
    def is_active(self) -> bool:
        return bool(self.line.columns["standing"] == Standing.ACTIVE.value)


@dataclass(slots=True)
class Printed:
    """One incident: its row, its stream and its cases, oldest first."""

    line: Line
    stream: Stream
    cases: list[Held] = field(default_factory=list)
    orders: list[Line] = field(default_factory=list)
    closed_at: datetime | None = None

    @property
    def state(self) -> State:
        return State(self.line.columns["state"])

    def active(self) -> list[Held]:
        return [case for case in self.cases if case.is_active]

    def live_clocks(self) -> list[Ticking]:
        """The clocks of active cases that can still be kept or broken, in order of their key."""
        return [
            clock
            for case in self.cases
            if case.is_active
            for clock in case.clocks
            if clock.line.columns["state"] in {RUNNING, PAUSED}
        ]

    def derive(self) -> None:
        """What the incident's row says of its cases, as ``ledger.derive`` sets it."""
        active = self.active()
        running = [clock for case in active for clock in case.clocks if clock.is_running]
        self.line["active_cases"] = len(active)
        self.line["due_at"] = iso(min(one.due_at for one in running)) if running else None
        self.line["warn_at"] = iso(min(one.warn_at for one in running)) if running else None


@dataclass(frozen=True, slots=True)
class Office:
    """What promises of one city count by.

    timetables: by calendar id, over all years needed; without them clocks only start and are met.
    """

    organisation: Organisation
    timetables: Mapping[int, Timetable]
    queues: Mapping[str, QueueRecord]
    calendars: Mapping[str, int]

    def due_at(self, calendar_id: int, at: datetime, target: SlaTarget) -> datetime:
        """When a promise made then falls due."""
        hours = self.timetables.get(calendar_id)
        if hours is not None:
            return hours.due_at(at, target)
        return promises.due_at(at, target, self.organisation.hours_of(calendar_id, at))

    def queue_by_code(self, code: str) -> QueueRecord:
        return self.queues[code]

    def calendar_id(self, code: str) -> int:
        return self.calendars[code]


def office_of(organisation: Organisation, timetables: Mapping[int, Timetable]) -> Office:
    return Office(
        organisation=organisation,
        timetables=timetables,
        queues={queue.code: queue for queue in organisation.queues.values()},
        calendars={calendar.code: calendar.id for calendar in organisation.calendars.values()},
    )
