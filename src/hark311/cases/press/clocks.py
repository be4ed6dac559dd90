"""Pauses, meets and marks printed clocks, as ``cases.clocks`` does with rows of the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hark311.cases.clocks import THIRD_PARTY
from hark311.cases.press.paper import iso
from hark311.cases.press.standing import MET, PAUSED, RUNNING, Printed, Ticking
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.promises import warn_at
from hark311.domain.vocabulary import Target


def meet(clocks: Iterable[Ticking], targets: Sequence[Target], at: datetime) -> None:
    for clock in clocks:
        if clock.target.target in targets and clock.line["state"] != MET:
            clock.line["state"], clock.line["met_at"] = MET, iso(at)
            clock.line["paused_at"], clock.line["pauses"] = None, []
            clock.paused_at = None


def pause(clocks: Iterable[Ticking], reason: str, at: datetime) -> None:
    for clock in clocks:
        if reason in clock.line["pauses"]:
            continue
        clock.line["pauses"] = [*clock.line["pauses"], reason]
        if clock.paused_at is None:
            clock.paused_at = at
            clock.line["state"], clock.line["paused_at"] = PAUSED, iso(at)


def resume(clocks: Iterable[Ticking], reason: str, at: datetime) -> None:
    for clock in clocks:
        if reason not in clock.line["pauses"]:
            continue
        clock.line["pauses"] = [other for other in clock.line["pauses"] if other != reason]
        if not clock.line["pauses"]:
            _run_on(clock, at)


def run_again(clocks: Iterable[Ticking]) -> None:
    for clock in clocks:
        clock.line["state"], clock.line["met_at"] = RUNNING, None


def restart_update(clocks: Iterable[Ticking], at: datetime) -> None:
    for clock in clocks:
        if clock.target.target is Target.UPDATE and clock.is_running:
            clock.started_at, clock.due_at = at, clock.hours.due_at(at, clock.target)
            clock.warn_at, clock.warned = warn_at(at, clock.due_at), False
            clock.line["started_at"], clock.line["due_at"] = iso(at), iso(clock.due_at)
            clock.line["warn_at"], clock.line["warned_at"] = iso(clock.warn_at), None


def agree_with(incident: Printed, clocks: Sequence[Ticking], at: datetime) -> None:
    """Make live clocks say what the incident says: acknowledged or not, waiting or not."""
    resolving = [clock for clock in clocks if clock.target.target is Target.RESOLVE]
    if incident.line["acknowledged_at"]:
        meet(clocks, (Target.ACKNOWLEDGE,), at)
    if incident.line["waiting_for"] == WaitingFor.THIRD_PARTY.value:
        pause((clock for clock in resolving if clock.line["state"] != MET), THIRD_PARTY, at)
    else:
        resume(resolving, THIRD_PARTY, at)


def _run_on(clock: Ticking, at: datetime) -> None:
    if clock.paused_at is None:
        raise AssertionError("a clock with pauses stands since an instant")
    lost = clock.hours.counted(clock.paused_at, at, clock.target.counting)
    due = clock.due_at
    if lost > timedelta():
        due = clock.hours.later(clock.due_at, lost, clock.target.counting)
    clock.warn_at += due - clock.due_at
    clock.due_at, clock.paused_at = due, None
    clock.line["due_at"], clock.line["warn_at"] = iso(due), iso(clock.warn_at)
    clock.line["state"], clock.line["paused_at"] = RUNNING, None
