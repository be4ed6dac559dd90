"""Ends the wait for an answer that did not come: work goes on without it."""

from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.actions.answer_question import lock_question, resumed_clocks
from hark311.cases.ledger import record
from hark311.cases.locks import require_here
from hark311.cases.models import Case, Incident, Question
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock


@transaction.atomic
def lapse_question(question_id: int, *, actor: Actor) -> Question:
    """Lapse an open question whose time is over; the clocks of its case run on.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``answered``, ``lapsed`` or
    ``not_due``.
    """
    question, case, incident = lock_question(question_id, actor)
    require_here(actor, Permission.ASK, incident)
    now = clock.now()
    if question.state != "open":
        raise DoesNotApply(reason=question.state)
    if question.due_at > now:
        raise DoesNotApply(reason="not_due")
    return lapse_locked(question, case, incident, actor=actor, at=now)


def lapse_locked(
    question: Question, case: Case, incident: Incident, *, actor: Actor, at: datetime
) -> Question:
    """The same for an open question that is due, under the lock of its incident."""
    question.state, question.answered_at = "lapsed", at
    case.updated_at = at
    record(
        incident,
        EventKind.QUESTION_LAPSED,
        actor=actor,
        at=at,
        facts={"asked_at": question.asked_at.isoformat()},
        rows=[question, *resumed_clocks(case, incident, at), case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    return question
