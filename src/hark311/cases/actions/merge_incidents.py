"""Makes one incident of two that are the same thing in the world."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.endings import cancelled_orders, open_orders
from hark311.cases.kept_clocks import kept
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incidents, refuse_stale, require_here
from hark311.cases.members import cases_of
from hark311.cases.models import Case, Clock, Incident, WorkOrder
from hark311.cases.moves import move_case
from hark311.domain.actor import Actor
from hark311.domain.errors import CannotMerge
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Standing
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.privacy.text import mask_text


class OpenOrders(StrEnum):
    """What becomes of open work orders of the incident that is emptied."""

    MOVE = "move"
    CANCEL = "cancel"


@transaction.atomic
def merge_incidents(
    incident_id: int,
    into_id: int,
    *,
    actor: Actor,
    orders: OpenOrders = OpenOrders.MOVE,
    text: str = "",
    seen: int | None = None,
) -> Incident:
    """Move all cases of one open incident into another; return the one that has them now.

    The emptied incident keeps its state, and leaves every queue and count. Promises stay
    each case's own; people who follow move along. text: for residents, masked, may be ''.
    seen: of the incident that is emptied.

    Raises NotFound (also for another jurisdiction), NotAllowed unless the actor may merge in both
    queues, StaleForm, and CannotMerge with reason ``same``, ``sensitive``, ``closed`` or
    ``merged``.
    """
    emptied, into = _lock(incident_id, into_id, actor, seen)
    now, organisation = clock.now(), organisation_of(into.jurisdiction)
    cases = cases_of(emptied)
    live = _clocks_of(cases)
    before = kept(live)
    moved = [row for case in cases for row in move_case(case, into, now)]
    changed = clocks.agree_with(into, live, now, organisation)
    settled = _settled_orders(emptied, into, orders)
    _count(emptied, into, cases, now)
    facts = {
        "text": mask_text(text.strip()),
        "cases": [case.pk for case in cases],
        "orders": [order.pk for order in settled],
        "choice": orders.value,
    }
    gained = {**facts, "from": emptied.pk, "clocks": before}
    rows = [*changed, *moved, *settled, into]
    record(into, EventKind.MERGED_FROM, actor=actor, at=now, facts=gained, rows=rows)
    emptied.merged_into = into
    lost = {**facts, "into": into.pk}
    record(emptied, EventKind.MERGED_INTO, actor=actor, at=now, facts=lost, rows=[emptied])
    return into


def _lock(
    incident_id: int, into_id: int, actor: Actor, seen: int | None
) -> tuple[Incident, Incident]:
    """Both incidents, locked, once all that forbids a merge is ruled out."""
    emptied, into = lock_incidents((incident_id, into_id), actor)
    for incident in (emptied, into):
        require_here(actor, Permission.MERGE, incident)
    if seen is not None:
        refuse_stale(emptied, actor, seen)
    _require_mergeable(emptied, into)
    return emptied, into


def _count(emptied: Incident, into: Incident, cases: list[Case], now: datetime) -> None:
    """What was asked again of the one was asked again of the other."""
    for case in cases:
        case.updated_at = now
    into.asked_again += emptied.asked_again + emptied.active_cases
    into.updated_at = emptied.updated_at = now


def _require_mergeable(emptied: Incident, into: Incident) -> None:
    if emptied.pk == into.pk:
        raise CannotMerge(reason="same")
    for incident in (emptied, into):
        if incident.is_sensitive:
            raise CannotMerge(reason="sensitive")
        if incident.merged_into_id is not None:
            raise CannotMerge(reason="merged")
        if not State(incident.state).is_open:
            raise CannotMerge(reason="closed")


def _clocks_of(cases: list[Case]) -> list[Clock]:
    return clocks.live_clocks(case for case in cases if case.standing == Standing.ACTIVE.value)


def _settled_orders(emptied: Incident, into: Incident, orders: OpenOrders) -> list[WorkOrder]:
    if orders is OpenOrders.CANCEL:
        return cancelled_orders(emptied, clock.now())
    moved = open_orders(emptied)
    for order in moved:
        order.incident = into
    return moved
