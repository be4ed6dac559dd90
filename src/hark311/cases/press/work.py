"""Prints what staff do with an incident: each as the action of the same name leaves it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hark311.cases.press import clocks
from hark311.cases.press.paper import Line, Paper, Said, iso
from hark311.cases.press.standing import MET, Printed
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import Verb, WaitingFor, advance
from hark311.domain.vocabulary import (
    DisputeState,
    EventKind,
    Severity,
    Target,
    Visibility,
    WorkOrderKind,
    WorkOrderState,
)
from hark311.government.queries import QueueRecord

Json = Any


def acknowledge(paper: Paper, incident: Printed, *, by: Said, at: datetime) -> None:
    incident.line["state"] = advance(incident.state, Verb.ACKNOWLEDGE).value
    incident.line["acknowledged_at"] = incident.line["updated_at"] = iso(at)
    live = incident.live_clocks()
    clocks.meet(live, (Target.ACKNOWLEDGE,), at)
    _tell(paper, incident, EventKind.ACKNOWLEDGED, by, at, {}, [one.line for one in live])


def start_work(paper: Paper, incident: Printed, *, by: Said, at: datetime) -> None:
    incident.line["state"] = advance(incident.state, Verb.START_WORK).value
    incident.line["acknowledged_at"] = incident.line["acknowledged_at"] or iso(at)
    incident.line["updated_at"] = iso(at)
    live = incident.live_clocks()
    clocks.meet(live, (Target.ACKNOWLEDGE,), at)
    _tell(paper, incident, EventKind.STARTED, by, at, {}, [one.line for one in live])


def wait(
    paper: Paper,
    incident: Printed,
    waiting_for: WaitingFor,
    note: str,
    expected_on: date,
    *,
    by: Said,
    at: datetime,
) -> None:
    line = incident.line
    line["expected_on"] = expected_on.isoformat()
    line["state"] = advance(incident.state, Verb.WAIT).value
    line["waiting_for"], line["waiting_note"] = waiting_for.value, note
    line["acknowledged_at"] = line["acknowledged_at"] or iso(at)
    line["updated_at"] = iso(at)
    live = incident.live_clocks()
    clocks.agree_with(incident, live, at)
    clocks.restart_update(live, at)
    facts = {
        "waiting_for": waiting_for.value,
        "note": note,
        "expected_on": line["expected_on"],
    }
    _tell(paper, incident, EventKind.WAITED, by, at, facts, [one.line for one in live])


def resume(paper: Paper, incident: Printed, *, by: Said, at: datetime) -> None:
    incident.line["state"] = advance(incident.state, Verb.RESUME).value
    incident.line["waiting_for"] = incident.line["waiting_note"] = ""
    incident.line["updated_at"] = iso(at)
    live = incident.live_clocks()
    clocks.agree_with(incident, live, at)
    _tell(paper, incident, EventKind.RESUMED, by, at, {}, [one.line for one in live])


def transfer(
    paper: Paper,
    incident: Printed,
    before: QueueRecord,
    queue: QueueRecord,
    text: str,
    *,
    by: Said,
    at: datetime,
) -> None:
    line = incident.line
    line["state"] = advance(incident.state, Verb.TRANSFER).value
    line["queue_id"], line["department_id"] = queue.id, queue.department_id
    line["assignee_id"] = None
    line["waiting_for"] = line["waiting_note"] = ""
    line["updated_at"] = iso(at)
    why = {"code": "transferred", "facts": {"from": before.code, "text": text}}
    line["why_here"] = [*line["why_here"], why]
    live = incident.live_clocks()
    clocks.agree_with(incident, live, at)
    facts = {"queue": queue.code, "before": before.code}
    _tell(paper, incident, EventKind.TRANSFERRED, by, at, facts, [one.line for one in live])


def note_publicly(paper: Paper, incident: Printed, text: str, *, by: Said, at: datetime) -> None:
    incident.line["public_note"] = text
    incident.line["updated_at"] = iso(at)
    live = incident.live_clocks()
    clocks.restart_update(live, at)
    facts = {"text": text}
    _tell(paper, incident, EventKind.NOTED, by, at, facts, [one.line for one in live])


def note_inside(paper: Paper, incident: Printed, text: str, *, by: Said, at: datetime) -> None:
    paper.tell(
        incident.stream,
        EventKind.NOTED,
        by=by,
        at=iso(at),
        facts={"text": text},
        rows=(),
        visibility=Visibility.STAFF,
    )


def set_severity(
    paper: Paper, incident: Printed, severity: Severity, *, by: Said, at: datetime
) -> None:
    facts = {"severity": severity.value, "before": incident.line["severity"]}
    incident.line["severity"] = severity.value
    _tell(paper, incident, EventKind.SEVERITY_SET, by, at, facts, [], Visibility.STAFF)


def assign(paper: Paper, incident: Printed, account_id: int, *, by: Said, at: datetime) -> None:
    facts = {"account": account_id, "before": incident.line["assignee_id"]}
    incident.line["assignee_id"] = account_id
    _tell(paper, incident, EventKind.ASSIGNED, by, at, facts, [], Visibility.STAFF)


def order_work(
    paper: Paper,
    incident: Printed,
    kind: WorkOrderKind,
    queue: QueueRecord,
    text: str,
    *,
    by: Said,
    at: datetime,
) -> Line:
    order = paper.line(
        "workorder",
        {
            "incident_id": incident.line.key,
            "department_id": queue.department_id,
            "queue_id": queue.id,
            "kind": kind.value,
            "state": WorkOrderState.READY.value,
            "text": text,
            "created_at": iso(at),
            "changed_at": iso(at),
        },
    )
    incident.orders.append(order)
    facts = {"kind": kind.value, "queue": queue.code}
    _tell(paper, incident, EventKind.WORK_ORDERED, by, at, facts, [order])
    return order


def change_order(
    paper: Paper, incident: Printed, order: Line, to: WorkOrderState, *, by: Said, at: datetime
) -> None:
    order["state"], order["changed_at"] = to.value, iso(at)
    paper.tell(
        incident.stream,
        EventKind.WORK_CHANGED,
        by=by,
        at=iso(at),
        facts={"kind": order["kind"], "state": to.value, "order": order.key},
        rows=[order],
    )


def attach_evidence(
    paper: Paper, incident: Printed, picture: Mapping[str, Json], *, by: Said, at: datetime
) -> Line:
    """picture: the columns of a kept picture that do not say whose it is."""
    photo = paper.line(
        "attachment",
        {
            **picture,
            "jurisdiction_id": incident.line["jurisdiction_id"],
            "incident_id": incident.line.key,
            "is_evidence": True,
            "created_at": iso(at),
        },
    )
    paper.tell(
        incident.stream,
        EventKind.EVIDENCE_ATTACHED,
        by=by,
        at=iso(at),
        facts={"digest": photo["digest"]},
        rows=[photo],
        visibility=Visibility.STAFF,
    )
    return photo


def close(
    paper: Paper,
    incident: Printed,
    closing: Closing,
    *,
    by: Said,
    at: datetime,
    changed_at: datetime | None = None,
) -> None:
    """changed_at: when it last changed, if another system knows of a later change."""
    line, cases = incident.line, incident.active()
    line["state"] = advance(incident.state, Verb.CLOSE).value
    line["waiting_for"] = line["waiting_note"] = ""
    line["outcome"], line["outcome_detail"] = closing.outcome.value, closing.detail
    line["closing_text"] = closing.text
    line["closed_at"], line["updated_at"] = iso(at), iso(max(at, changed_at or at))
    incident.closed_at = at
    live = incident.live_clocks()
    clocks.meet(live, tuple(Target), at)
    questions = [case.question for case in cases if case.question is not None]
    for case in cases:
        if case.question is not None:
            case.question["state"], case.question["answered_at"] = "lapsed", iso(at)
            case.question = case.question_due_at = None
    orders = [one for one in incident.orders if WorkOrderState(one["state"]).is_open]
    for order in orders:
        order["state"], order["changed_at"] = WorkOrderState.CANCELLED.value, iso(at)
    facts = {
        "outcome": closing.outcome.value,
        "detail": closing.detail,
        "text": closing.text,
        "evidence": list(closing.evidence),
        "cases": [case.line.key for case in cases],
    }
    rows = [*(one.line for one in live), *questions, *orders]
    _tell(paper, incident, EventKind.CLOSED, by, at, facts, rows)


def reopen(paper: Paper, incident: Printed, text: str, *, by: Said, at: datetime) -> None:
    """As ``reopen_locked``: upholds the disputes that are open; some case is active."""
    line, cases = incident.line, incident.active()
    for case in cases:
        if case.dispute is not None:
            uphold(paper, incident, case.dispute, case.line.key, text, by=by, at=at)
            case.dispute = None
    again = [
        clock
        for case in cases
        for clock in case.clocks
        if clock.line["state"] == MET
        and clock.target.target in {Target.UPDATE, Target.RESOLVE}
        and clock.line["met_at"] == line["closed_at"]
    ]
    clocks.run_again(again)
    facts = {
        "text": text,
        "cases": [case.line.key for case in cases],
        "closing": {
            "outcome": line["outcome"],
            "detail": line["outcome_detail"],
            "text": line["closing_text"],
            "at": line["closed_at"],
        },
    }
    line["state"] = advance(incident.state, Verb.REOPEN).value
    line["outcome"] = line["outcome_detail"] = line["closing_text"] = ""
    line["closed_at"] = incident.closed_at = None
    line["acknowledged_at"] = line["acknowledged_at"] or iso(at)
    line["updated_at"] = iso(at)
    _tell(paper, incident, EventKind.REOPENED, by, at, facts, [one.line for one in again])


def uphold(
    paper: Paper,
    incident: Printed,
    dispute: Line,
    case_id: int,
    text: str,
    *,
    by: Said,
    at: datetime,
) -> None:
    """As ``uphold_locked``."""
    dispute["state"] = DisputeState.UPHELD.value
    dispute["answer"], dispute["answered_at"] = text, iso(at)
    paper.tell(
        incident.stream,
        EventKind.DISPUTE_UPHELD,
        by=by,
        at=iso(at),
        facts={"text": text},
        rows=[dispute],
        case_id=case_id,
        visibility=Visibility.REPORTER,
    )


def _tell(
    paper: Paper,
    incident: Printed,
    kind: EventKind,
    by: Said,
    at: datetime,
    facts: Mapping[str, Json],
    rows: list[Line],
    visibility: Visibility = Visibility.PUBLIC,
) -> None:
    incident.derive()
    paper.tell(
        incident.stream,
        kind,
        by=by,
        at=iso(at),
        facts=facts,
        rows=[*rows, incident.line],
        visibility=visibility,
    )
