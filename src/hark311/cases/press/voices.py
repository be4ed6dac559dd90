"""Prints what reporters say about their cases, and what is asked of them and answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hark311.cases.actions.ask_reporter import ANSWER_WITHIN
from hark311.cases.actions.rate_case import UNHAPPY
from hark311.cases.actions.request_dispute import ANSWER_WITHIN_BUSINESS_DAYS
from hark311.cases.clocks import QUESTION
from hark311.cases.press import clocks, work
from hark311.cases.press.paper import Line, Paper, Said, iso
from hark311.cases.press.standing import Held, Office, Printed
from hark311.domain.clocks import ClockState
from hark311.domain.closing import Closing
from hark311.domain.hours import end_of_business_day_after
from hark311.domain.vocabulary import DisputeState, EventKind, Outcome, Standing, Visibility

Json = Any


def ask(
    paper: Paper,
    incident: Printed,
    case: Held,
    text: str,
    *,
    by: Said,
    at: datetime,
) -> None:
    due = iso(at + ANSWER_WITHIN)
    case.question = paper.line(
        "question",
        {
            "case_id": case.line.key,
            "text": text,
            "state": "open",
            "asked_by_id": by.account_id,
            "asked_at": iso(at),
            "due_at": due,
        },
    )
    case.question_due_at = at + ANSWER_WITHIN
    case.line["updated_at"] = iso(at)
    live = [clock for clock in incident.live_clocks() if clock in case.clocks]
    clocks.pause(live, QUESTION, at)
    rows = [case.question, *(clock.line for clock in live), case.line]
    facts = {"text": text, "due_at": due}
    _tell(paper, incident, case, EventKind.ASKED, by, at, facts, rows)


def answer(
    paper: Paper, incident: Printed, case: Held, text: str, *, by: Said, at: datetime
) -> None:
    """To the open question of the case."""
    question = _open_question(case)
    question["answer"] = text
    question["state"], question["answered_at"] = "answered", iso(at)
    case.line["updated_at"] = iso(at)
    rows = [question, *_resumed(incident, case, at), case.line]
    _tell(paper, incident, case, EventKind.ANSWERED, by, at, {"text": text}, rows)
    case.question = case.question_due_at = None


def lapse(paper: Paper, incident: Printed, case: Held, *, by: Said, at: datetime) -> None:
    question = _open_question(case)
    question["state"], question["answered_at"] = "lapsed", iso(at)
    case.line["updated_at"] = iso(at)
    rows = [question, *_resumed(incident, case, at), case.line]
    facts = {"asked_at": question["asked_at"]}
    _tell(paper, incident, case, EventKind.QUESTION_LAPSED, by, at, facts, rows)
    case.question = case.question_due_at = None


def withdraw(
    paper: Paper, incident: Printed, case: Held, emptied_text: str, *, by: Said, at: datetime
) -> None:
    case.line["standing"] = Standing.WITHDRAWN.value
    case.line["updated_at"] = incident.line["updated_at"] = iso(at)
    ended: list[Line] = []
    for clock in case.clocks:
        if ClockState(clock.line["state"]).is_live:
            clock.line["state"] = ClockState.SUPERSEDED.value
            clock.line["paused_at"], clock.line["pauses"] = None, []
            ended.append(clock.line)
    if case.question is not None:
        case.question["state"], case.question["answered_at"] = "lapsed", iso(at)
        ended.append(case.question)
        case.question = case.question_due_at = None
    is_last = not incident.active()
    rows = [*ended, case.line] if is_last else [*ended, case.line, incident.line]
    if not is_last:
        incident.derive()
    paper.tell(
        incident.stream,
        EventKind.WITHDRAWN,
        by=by,
        at=iso(at),
        facts={},
        rows=rows,
        case_id=case.line.key,
        visibility=Visibility.REPORTER,
    )
    if is_last:
        work.close(paper, incident, Closing(Outcome.WITHDRAWN, emptied_text), by=by, at=at)


def dispute(
    paper: Paper,
    incident: Printed,
    case: Held,
    text: str,
    office: Office,
    *,
    by: Said,
    at: datetime,
) -> None:
    hours = office.organisation.hours_of(
        office.organisation.queues[incident.line["queue_id"]].calendar_id, at
    )
    answer_by = iso(end_of_business_day_after(hours, at, ANSWER_WITHIN_BUSINESS_DAYS))
    case.dispute = paper.line(
        "dispute",
        {
            "case_id": case.line.key,
            "incident_id": incident.line.key,
            "text": text,
            "state": DisputeState.REQUESTED.value,
            "requested_at": iso(at),
            "answer_by": answer_by,
        },
    )
    case.line["updated_at"] = iso(at)
    facts = {"text": text, "answer_by": answer_by}
    rows = [case.dispute, case.line]
    _tell(paper, incident, case, EventKind.DISPUTED, by, at, facts, rows)


def decline(
    paper: Paper, incident: Printed, case: Held, text: str, *, by: Said, at: datetime
) -> None:
    if case.dispute is None:
        raise AssertionError("only an open dispute is declined")
    case.dispute["state"] = DisputeState.DECLINED.value
    case.dispute["answer"], case.dispute["answered_at"] = text, iso(at)
    case.line["updated_at"] = iso(at)
    rows = [case.dispute, case.line]
    _tell(paper, incident, case, EventKind.DISPUTE_DECLINED, by, at, {"text": text}, rows)
    case.dispute = None


def rate(
    paper: Paper,
    incident: Printed,
    case: Held,
    stars: int,
    comment: str,
    office: Office,
    *,
    by: Said,
    at: datetime,
) -> None:
    rating = paper.line(
        "rating",
        {"case_id": case.line.key, "stars": stars, "comment": comment, "at": iso(at)},
    )
    is_unhappy, is_open = stars <= UNHAPPY, incident.state.is_open
    if is_unhappy and is_open:
        incident.line["asked_again"] += 1
    facts = {"stars": stars, "text": comment}
    _tell(paper, incident, case, EventKind.RATED, by, at, facts, [rating])
    if is_unhappy and not is_open and case.dispute is None:
        dispute(paper, incident, case, comment, office, by=by, at=at)


def follow(
    paper: Paper, incident: Printed, case: Held, person_id: int, *, by: Said, at: datetime
) -> None:
    row = paper.line(
        "follow",
        {
            "incident_id": incident.line.key,
            "case_id": case.line.key,
            "person_id": person_id,
            "from_at": iso(at),
        },
    )
    case.follows.append(row)
    paper.tell(
        incident.stream,
        EventKind.FOLLOWED,
        by=by,
        at=iso(at),
        facts={},
        rows=[row],
        case_id=case.line.key,
        visibility=Visibility.STAFF,
    )


def _open_question(case: Held) -> Line:
    if case.question is None:
        raise AssertionError("only an open question is answered or lapses")
    return case.question


def _resumed(incident: Printed, case: Held, at: datetime) -> list[Line]:
    live = [clock for clock in incident.live_clocks() if clock in case.clocks]
    clocks.resume(live, QUESTION, at)
    return [clock.line for clock in live]


def _tell(
    paper: Paper,
    incident: Printed,
    case: Held,
    kind: EventKind,
    by: Said,
    at: datetime,
    facts: Mapping[str, Json],
    rows: list[Line],
) -> None:
    incident.derive()
    paper.tell(
        incident.stream,
        kind,
        by=by,
        at=iso(at),
        facts=facts,
        rows=[*rows, incident.line],
        case_id=case.line.key,
        visibility=Visibility.REPORTER,
    )
