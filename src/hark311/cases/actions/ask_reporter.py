"""Asks one reporter something, and stops the clocks of that case alone until it is answered."""

from datetime import timedelta

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_here, require_open
from hark311.cases.models import Question
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.domain.words import required_words
from hark311.platform import clock

ANSWER_WITHIN = timedelta(days=5)


@transaction.atomic
def ask_reporter(case_id: int, text: str, *, actor: Actor, seen: int | None = None) -> Question:
    """Ask the reporter of a case; the answer comes by a link of its own, within five days.

    Raises NotFound, NotAllowed, StaleForm, MissingText, and DoesNotApply with reason ``closed``,
    ``merged``, ``withdrawn``, ``no_reporter`` or ``question_open``.
    """
    case, incident = lock_case(case_id, actor, seen=seen)
    require_here(actor, Permission.ASK, incident)
    require_open(incident)
    require_active(case)
    words = required_words(text)
    if case.person_id is None:
        raise DoesNotApply(reason="no_reporter")
    if Question.objects.filter(case=case, state="open").exists():
        raise DoesNotApply(reason="question_open")
    now = clock.now()
    question = Question(
        case=case,
        text=words,
        asked_by_id=actor.account_id,
        asked_at=now,
        due_at=now + ANSWER_WITHIN,
    )
    case.updated_at = now
    paused = clocks.pause(clocks.live_clocks([case]), clocks.QUESTION, now)
    record(
        incident,
        EventKind.ASKED,
        actor=actor,
        at=now,
        facts={"text": words, "due_at": question.due_at.isoformat()},
        rows=[question, *paused, case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    return question
