"""Warns that promises are about to be broken, and escalates those that are."""

from datetime import datetime

from hark311.cases.ledger import Json, record
from hark311.cases.models import Clock, Incident
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockStep, next_step
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.government.queries import organisation_of


def step_clocks(
    incident: Incident, running: list[Clock], *, actor: Actor, at: datetime
) -> list[Clock]:
    """Mark what is due among the running clocks of a locked incident; return the marked.

    One event a clock, about its case: a warning for staff, or a breach that names the queue
    which is told. Doing it again at the same instant does nothing.
    """
    stepped = []
    for clock in running:
        step = next_step(clock.due_at, clock.warn_at, clock.warned_at, clock.breached_at, at)
        if step is not None:
            _mark(incident, clock, step, actor, at)
            stepped.append(clock)
    return stepped


def _mark(incident: Incident, clock: Clock, step: ClockStep, actor: Actor, at: datetime) -> None:
    is_breach = step == "breach"
    if is_breach:
        clock.breached_at = at
    else:
        clock.warned_at = at
    record(
        incident,
        EventKind.CLOCK_BREACHED if is_breach else EventKind.CLOCK_WARNED,
        actor=actor,
        at=at,
        facts=_facts(incident, clock, is_breach=is_breach),
        rows=[clock],
        case=clock.case,
        visibility=Visibility.PUBLIC if is_breach else Visibility.STAFF,
    )


def _facts(incident: Incident, clock: Clock, *, is_breach: bool) -> dict[str, Json]:
    organisation = organisation_of(incident.jurisdiction)
    queue = organisation.queues[incident.queue_id]
    told = organisation.queues[queue.escalates_to_id or queue.id]
    return {
        "target": clock.target,
        "due_at": clock.due_at.isoformat(),
        "queue": queue.code,
        "told": told.code if is_breach else queue.code,
        "severity": incident.severity,
        "asked": incident.asked_again,
    }
