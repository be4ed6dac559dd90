"""Prints how cases go from one incident to another: merged, or taken apart after a dispute."""

from datetime import datetime

from hark311.cases.actions.merge_incidents import OpenOrders
from hark311.cases.press import clocks, work
from hark311.cases.press.paper import Line, Paper, Said, Stream, iso
from hark311.cases.press.standing import MET, Held, Printed
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Target, WorkOrderState


def merge(
    paper: Paper, emptied: Printed, into: Printed, text: str, *, by: Said, at: datetime
) -> None:
    """As ``merge_incidents``; open work orders move along."""
    live = emptied.live_clocks()
    before = {
        str(clock.line.key): {
            name: clock.line[name]
            for name in ("started_at", "due_at", "warn_at", "paused_at", "state", "pauses")
        }
        for clock in live
    }
    cases, active = list(emptied.cases), len(emptied.active())
    moved = [row for case in cases for row in _move(paper, case, into, at)]
    clocks.agree_with(into, live, at)
    orders = [one for one in emptied.orders if WorkOrderState(one["state"]).is_open]
    for order in orders:
        order["incident_id"] = into.line.key
    for case in cases:
        case.line["updated_at"] = iso(at)
    into.line["asked_again"] += emptied.line["asked_again"] + active
    into.line["updated_at"] = emptied.line["updated_at"] = iso(at)
    into.cases = sorted([*into.cases, *cases], key=lambda case: case.line.key)
    into.orders += orders
    emptied.cases, emptied.orders = [], []
    facts = {
        "text": text,
        "cases": [case.line.key for case in cases],
        "orders": [order.key for order in orders],
        "choice": OpenOrders.MOVE.value,
    }
    into.derive()
    paper.tell(
        into.stream,
        EventKind.MERGED_FROM,
        by=by,
        at=iso(at),
        facts={**facts, "from": emptied.line.key, "clocks": before},
        rows=[*(clock.line for clock in live), *moved, *orders, into.line],
    )
    emptied.line["merged_into_id"] = into.line.key
    emptied.derive()
    paper.tell(
        emptied.stream,
        EventKind.MERGED_INTO,
        by=by,
        at=iso(at),
        facts={**facts, "into": into.line.key},
        rows=[emptied.line],
    )


def take_apart(
    paper: Paper, closed: Printed, case: Held, text: str, *, by: Said, at: datetime
) -> Printed:
    """As ``uphold_dispute_apart``: the new incident that follows the closed one."""
    if case.dispute is None:
        raise AssertionError("only an open dispute is upheld")
    again = [
        clock
        for clock in case.clocks
        if clock.line["state"] == MET
        and clock.target.target in {Target.UPDATE, Target.RESOLVE}
        and clock.line["met_at"] == closed.line["closed_at"]
    ]
    clocks.run_again(again)
    work.uphold(paper, closed, case.dispute, case.line.key, text, by=by, at=at)
    incident = _incident_for(paper, case, closed, at)
    case.line["updated_at"] = iso(at)
    rows = [incident.line, *(clock.line for clock in again), *_move(paper, case, incident, at)]
    closed.cases.remove(case)
    incident.cases.append(case)
    case.dispute = None
    incident.derive()
    said = {"number": case.line["number"], "reason": "dispute_upheld"}
    paper.tell(
        incident.stream,
        EventKind.SPLIT_FROM,
        by=by,
        at=iso(at),
        facts={"from": closed.line.key, **said},
        rows=rows,
        case_id=case.line.key,
    )
    closed.line["updated_at"] = iso(at)
    closed.derive()
    paper.tell(
        closed.stream,
        EventKind.SPLIT_OFF,
        by=by,
        at=iso(at),
        facts={"to": incident.line.key, **said},
        rows=[closed.line],
        case_id=case.line.key,
    )
    return incident


def _move(paper: Paper, case: Held, to: Printed, at: datetime) -> list[Line]:
    before = case.membership
    before["to_at"] = iso(at)
    case.membership = paper.line(
        "membership",
        {
            "case_id": case.line.key,
            "incident_id": to.line.key,
            "is_sensitive": case.line["is_sensitive"],
            "from_at": iso(at),
        },
    )
    case.line["incident_id"] = to.line.key
    for follow in case.follows:
        follow["incident_id"] = to.line.key
    return [before, case.membership, case.line, *case.follows]


def _incident_for(paper: Paper, case: Held, like: Printed, at: datetime) -> Printed:
    kept = ("lon", "lat", "precision", "address", "areas", "opened_at", "origin")
    same = (
        "jurisdiction_id",
        "service_id",
        "service_version_id",
        "severity",
        "department_id",
        "queue_id",
        "is_sensitive",
    )
    why = {"code": "split", "facts": {"from": like.line.key}}
    line = paper.line(
        "incident",
        {
            **{name: like.line[name] for name in same},
            **{name: case.line[name] for name in kept},
            "state": State.RECEIVED.value,
            "updated_at": iso(at),
            "why_here": [*like.line["why_here"], why],
            "active_cases": 1,
            "follows_id": like.line.key,
        },
    )
    return Printed(line, Stream(line))
