"""Prints what the sweeps find: promises about to be broken or broken, questions unanswered."""

from datetime import datetime, timedelta

from hark311.cases.press import voices
from hark311.cases.press.paper import Paper, Said, iso
from hark311.cases.press.standing import Held, Office, Printed, Ticking
from hark311.domain.clocks import next_step
from hark311.domain.vocabulary import EventKind, Visibility

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def sweep(
    paper: Paper,
    incident: Printed,
    office: Office,
    since: datetime,
    until: datetime,
    *,
    every: timedelta,
    by: Said,
) -> None:
    """Print every sweep from ``since`` and before ``until`` that finds something.

    every: how long from one sweep to the next, counted from 1970.
    """
    while True:
        due = _next_due(incident)
        if due is None:
            return
        # What fell due long ago, and only now runs again, is found by the next sweep.
        at = _next_round(max(due, since), every)
        if at >= until:
            return
        _sweep_clocks(paper, incident, office, by, at)
        for case in incident.cases:
            if case.question_due_at is not None and case.question_due_at <= at:
                voices.lapse(paper, incident, case, by=by, at=at)


def _next_due(incident: Printed) -> datetime | None:
    """The first instant at which a sweep has something to do; None if nothing is to come."""
    found = [_calls_at(clock) for case in incident.active() for clock in case.clocks]
    found += [case.question_due_at for case in incident.cases]
    return min((at for at in found if at is not None), default=None)


def _calls_at(clock: Ticking) -> datetime | None:
    if clock.breached or not clock.is_running:
        return None
    if clock.warned:
        # Broken is a promise only after its instant.
        return clock.due_at + timedelta(microseconds=1)
    return min(clock.warn_at, clock.due_at + timedelta(microseconds=1))


def _next_round(at: datetime, every: timedelta) -> datetime:
    return _EPOCH + -((_EPOCH - at) // every) * every


def _sweep_clocks(paper: Paper, incident: Printed, office: Office, by: Said, at: datetime) -> None:
    for case in incident.active():
        for clock in case.clocks:
            if clock.is_running and not clock.breached:
                _step(paper, incident, case, clock, office, by, at)


def _step(
    paper: Paper,
    incident: Printed,
    case: Held,
    clock: Ticking,
    office: Office,
    by: Said,
    at: datetime,
) -> None:
    warned_at = at if clock.warned else None
    step = next_step(clock.due_at, clock.warn_at, warned_at, None, at)
    if step is None:
        return
    is_breach = step == "breach"
    if is_breach:
        clock.breached, clock.line["breached_at"] = True, iso(at)
    else:
        clock.warned, clock.line["warned_at"] = True, iso(at)
    queue = office.organisation.queues[incident.line["queue_id"]]
    told = office.organisation.queues[queue.escalates_to_id or queue.id]
    paper.tell(
        incident.stream,
        EventKind.CLOCK_BREACHED if is_breach else EventKind.CLOCK_WARNED,
        by=by,
        at=iso(at),
        facts={
            "target": clock.target.target.value,
            "due_at": iso(clock.due_at),
            "queue": queue.code,
            "told": told.code if is_breach else queue.code,
            "severity": incident.line["severity"],
            "asked": incident.line["asked_again"],
        },
        rows=[clock.line],
        case_id=case.line.key,
        visibility=Visibility.PUBLIC if is_breach else Visibility.STAFF,
    )
