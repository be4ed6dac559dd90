"""Starts, pauses, meets and compares the clocks of a case; changes rows, saves nothing.

Each function returns the clocks it changed, for ``ledger.record`` to write.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from hark311.cases.models import Case, Clock, Incident, Promise
from hark311.catalog.queries import Service
from hark311.domain import promises
from hark311.domain.clocks import ClockState
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.promises import SlaTarget
from hark311.domain.vocabulary import Counting, Target
from hark311.government.queries import Organisation

QUESTION = "question"
THIRD_PARTY = "third_party"


def make_promise(
    case: Case, service: Service, organisation: Organisation, *, opened_at: datetime, at: datetime
) -> tuple[Promise, list[Clock]]:
    """A new promise with its clocks, counted from ``opened_at``; nothing is saved."""
    promise = Promise(
        case=case,
        service_version_id=service.version_id,
        text=dict(service.promise_text),
        made_at=at,
    )
    clocks = []
    for target in service.targets:
        calendar = organisation.calendar_by_code(service.calendar)
        hours = organisation.hours_of(calendar.id, opened_at)
        due = promises.due_at(opened_at, target, hours)
        clocks.append(
            Clock(
                promise=promise,
                case=case,
                calendar_id=calendar.id,
                target=target.target.value,
                counting=target.counting.value,
                hours=float(target.hours),
                state=ClockState.RUNNING.value,
                started_at=opened_at,
                due_at=due,
                warn_at=promises.warn_at(opened_at, due),
            )
        )
    return promise, clocks


def keep_promise(
    case: Case,
    service: Service,
    organisation: Organisation,
    *,
    opened_at: datetime,
    due_at: datetime,
) -> tuple[Promise, list[Clock]]:
    """The promise another system gave, as one clock that ends when it said; nothing is saved."""
    promise = Promise(case=case, service_version_id=service.version_id, text={}, made_at=opened_at)
    clock = Clock(
        promise=promise,
        case=case,
        calendar_id=organisation.queues[service.queue_id].calendar_id,
        target=Target.RESOLVE.value,
        counting=Counting.ELAPSED.value,
        hours=(due_at - opened_at).total_seconds() / 3600,
        state=ClockState.RUNNING.value,
        started_at=opened_at,
        due_at=due_at,
        warn_at=promises.warn_at(opened_at, due_at),
    )
    return promise, [clock]


def live_clocks(cases: Iterable[Case]) -> list[Clock]:
    """The clocks of these cases that can still be kept or broken, locked, in order of their id."""
    return list(
        Clock.objects.select_for_update(no_key=True)
        .filter(
            case__in=[case.pk for case in cases],
            state__in=[state.value for state in ClockState if state.is_live],
        )
        .order_by("id")
    )


def pause(clocks: Iterable[Clock], reason: str, at: datetime) -> list[Clock]:
    """Stop what runs, for ``reason``; a clock that stands already keeps its first instant."""
    changed = []
    for clock in clocks:
        if reason in clock.pauses:
            continue
        clock.pauses = [*clock.pauses, reason]
        if clock.paused_at is None:
            clock.state, clock.paused_at = ClockState.PAUSED.value, at
        changed.append(clock)
    return changed


def resume(
    clocks: Iterable[Clock], reason: str, at: datetime, organisation: Organisation
) -> list[Clock]:
    """Take ``reason`` away; a clock with no reason left runs on, its due instant later."""
    changed = []
    for clock in clocks:
        if reason not in clock.pauses:
            continue
        clock.pauses = [other for other in clock.pauses if other != reason]
        if not clock.pauses:
            _run_again(clock, at, organisation)
        changed.append(clock)
    return changed


def meet(clocks: Iterable[Clock], targets: Sequence[Target], at: datetime) -> list[Clock]:
    """Mark these targets as met at ``at``; one already met stays as it is."""
    wanted = {target.value for target in targets}
    changed = []
    for clock in clocks:
        if clock.target in wanted and clock.state != ClockState.MET.value:
            clock.state, clock.met_at = ClockState.MET.value, at
            clock.paused_at, clock.pauses = None, []
            changed.append(clock)
    return changed


def run_again(clocks: Iterable[Clock]) -> list[Clock]:
    """Take back that a target was met; the due instant stays what it was, as does a breach."""
    changed = []
    for clock in clocks:
        if clock.state == ClockState.MET.value:
            clock.state, clock.met_at = ClockState.RUNNING.value, None
            changed.append(clock)
    return changed


def restart_update(
    clocks: Iterable[Clock], at: datetime, organisation: Organisation
) -> list[Clock]:
    """After people were told something, the promise of an update counts anew from ``at``."""
    changed = []
    for clock in clocks:
        if clock.target == Target.UPDATE.value and clock.state == ClockState.RUNNING.value:
            hours = organisation.hours_of(clock.calendar_id, at)
            clock.started_at = at
            clock.due_at = promises.due_at(at, target_of(clock), hours)
            clock.warn_at = promises.warn_at(at, clock.due_at)
            clock.warned_at = None
            changed.append(clock)
    return changed


def agree_with(
    incident: Incident, clocks: Sequence[Clock], at: datetime, organisation: Organisation
) -> list[Clock]:
    """Make live clocks say what the incident says: acknowledged or not, waiting or not.

    Waiting for a third party stops the promise to resolve and no other.
    """
    resolving = [clock for clock in clocks if clock.target == Target.RESOLVE.value]
    changed = meet(clocks, [Target.ACKNOWLEDGE], at) if incident.acknowledged_at else []
    if incident.waiting_for == WaitingFor.THIRD_PARTY.value:
        return changed + pause(
            (clock for clock in resolving if clock.state != ClockState.MET.value), THIRD_PARTY, at
        )
    return changed + resume(resolving, THIRD_PARTY, at, organisation)


def with_changes(case: Case, changed: Iterable[Clock]) -> list[Clock]:
    """All clocks of a case, with changes not saved yet."""
    mine = {clock.pk: clock for clock in Clock.objects.filter(case=case)}
    mine |= {clock.pk: clock for clock in changed}
    return list(mine.values())


def set_due(incident: Incident, clocks: Iterable[Clock]) -> None:
    """Set when the first of these promises that run falls due, and when the first one warns."""
    running = [clock for clock in clocks if clock.state == ClockState.RUNNING.value]
    incident.due_at = min((clock.due_at for clock in running), default=None)
    incident.warn_at = min((clock.warn_at for clock in running), default=None)


def supersede(clocks: Iterable[Clock]) -> list[Clock]:
    """Another promise, or the withdrawal of the case, takes the place of what was still open."""
    changed = []
    for clock in clocks:
        clock.state, clock.paused_at, clock.pauses = ClockState.SUPERSEDED.value, None, []
        changed.append(clock)
    return changed


def target_of(clock: Clock) -> SlaTarget:
    return SlaTarget(Target(clock.target), clock.hours, Counting(clock.counting))


def _run_again(clock: Clock, at: datetime, organisation: Organisation) -> None:
    if clock.paused_at is None:
        raise AssertionError("a clock with pauses stands since an instant")
    hours = organisation.hours_of(clock.calendar_id, at)
    due = promises.paused_due_at(clock.due_at, clock.paused_at, at, target_of(clock), hours)
    # The warning moves by as much as the promise, so that a pause never eats it.
    clock.warn_at += due - clock.due_at
    clock.due_at = due
    clock.state, clock.paused_at = ClockState.RUNNING.value, None
