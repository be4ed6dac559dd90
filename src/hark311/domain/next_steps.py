"""What happens next, chosen as a sentence's key and its facts; templates word it by language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import Outcome, Standing


class NextStepCode(StrEnum):
    """Every situation that has a sentence of its own."""

    RECEIVED = "received"
    RECEIVED_LATE = "received_late"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    IN_PROGRESS_EXPECTED = "in_progress_expected"
    LATE = "late"
    WAITING_THIRD_PARTY = "waiting_third_party"
    WAITING_SCHEDULE = "waiting_schedule"
    QUESTION = "question"
    DISPUTED = "disputed"
    DISPUTED_LATE = "disputed_late"
    WITHDRAWN = "withdrawn"
    CLOSED_FIXED = "closed_fixed"
    CLOSED_PLANNED = "closed_planned"
    CLOSED_NOT_OURS = "closed_not_ours"
    CLOSED_OTHER = "closed_other"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence's key and what it names.

    facts: queue and department always; where they apply and are known, due_at (aware),
    expected_on (a day not gone by), answer_by (aware), is_late, outcome, service_text.
    """

    code: NextStepCode
    facts: Mapping[str, object] = field(default_factory=dict)


_CLOSED: Mapping[Outcome, NextStepCode] = {
    Outcome.FIXED: NextStepCode.CLOSED_FIXED,
    Outcome.PLANNED: NextStepCode.CLOSED_PLANNED,
    Outcome.NOT_OURS: NextStepCode.CLOSED_NOT_OURS,
    Outcome.WITHDRAWN: NextStepCode.WITHDRAWN,
}


def next_step(
    state: State,
    *,
    standing: Standing,
    waiting_for: WaitingFor | None,
    is_disputed: bool,
    dispute_answer_by: datetime | None,
    has_open_question: bool,
    outcome: Outcome | None,
    due_at: datetime | None,
    expected_on: date | None,
    service_text: str | None,
    queue_name: str,
    department_name: str,
    now: datetime,
) -> NextStep:
    """Return what the reporter is told first.

    What the reporter decided or asked for comes before the city's state: a withdrawal,
    a dispute, then, while open, a question that waits for the reporter's answer.

    now: aware, in the zone of the jurisdiction, since days are compared by it.
    """
    coming = expected_on if expected_on is not None and expected_on >= now.date() else None
    is_late = due_at is not None and now > due_at
    holders: dict[str, object] = {"queue": queue_name, "department": department_name}
    if standing is Standing.WITHDRAWN:
        return _step(NextStepCode.WITHDRAWN, holders)
    if is_disputed:
        return _disputed(holders, dispute_answer_by, now)
    if not state.is_open:
        code = NextStepCode.CLOSED_OTHER
        if outcome is not None:
            code = _CLOSED.get(outcome, code)
        return _step(code, holders, outcome=outcome, expected_on=expected_on)
    code = _open_code(state, waiting_for, has_open_question, is_late, coming)
    return _step(
        code,
        holders,
        due_at=due_at,
        expected_on=coming,
        is_late=is_late or None,
        service_text=service_text or None,
    )


def _step(code: NextStepCode, holders: Mapping[str, object], **facts: object) -> NextStep:
    known = {name: fact for name, fact in facts.items() if fact is not None}
    return NextStep(code, {**holders, **known})


def _disputed(holders: Mapping[str, object], answer_by: datetime | None, now: datetime) -> NextStep:
    is_late = answer_by is not None and now > answer_by
    code = NextStepCode.DISPUTED_LATE if is_late else NextStepCode.DISPUTED
    return _step(code, holders, answer_by=answer_by)


def _open_code(
    state: State,
    waiting_for: WaitingFor | None,
    has_open_question: bool,
    is_late: bool,
    coming: date | None,
) -> NextStepCode:
    if has_open_question:
        return NextStepCode.QUESTION
    if state is State.WAITING:
        is_third = waiting_for is WaitingFor.THIRD_PARTY
        return NextStepCode.WAITING_THIRD_PARTY if is_third else NextStepCode.WAITING_SCHEDULE
    if is_late:
        return NextStepCode.RECEIVED_LATE if state is State.RECEIVED else NextStepCode.LATE
    if state is State.IN_PROGRESS and coming is not None:
        return NextStepCode.IN_PROGRESS_EXPECTED
    return NextStepCode(state.value)
