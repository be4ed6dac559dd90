"""Takes a reporter's answer, and lets the clocks of the case run on."""

from datetime import datetime

from django.db import transaction

from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_open, require_voice
from hark311.cases.models import Case, Clock, Incident, Question
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock


@transaction.atomic
def answer_question(question_id: int, text: str, *, actor: Actor) -> Question:
    """Answer a question; one that lapsed may still be answered while its incident is open.

    Raises NotFound, NotAllowed, MissingText, and DoesNotApply with reason ``answered``,
    ``closed``, ``merged`` or ``withdrawn``.
    """
    question, case, incident = lock_question(question_id, actor)
    require_voice(actor)
    if question.state == "answered":
        raise DoesNotApply(reason="answered")
    require_open(incident)
    require_active(case)
    question.answer = required_words(text)
    now = clock.now()
    resumed = resumed_clocks(case, incident, now) if question.state == "open" else []
    question.state, question.answered_at = "answered", now
    case.updated_at = now
    record(
        incident,
        EventKind.ANSWERED,
        actor=actor,
        at=now,
        facts={"text": question.answer},
        rows=[question, *resumed, case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    return question


def lock_question(question_id: int, actor: Actor) -> tuple[Question, Case, Incident]:
    """Lock a question by its case. Raises NotFound as lock_case does."""
    case_id = Question.objects.filter(pk=question_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(what="question")
    case, incident = lock_case(case_id, actor)
    return Question.objects.select_for_update(no_key=True).get(pk=question_id), case, incident


def resumed_clocks(case: Case, incident: Incident, at: datetime) -> list[Clock]:
    """The clocks of the case, running on after a question unless something else stops them."""
    organisation = organisation_of(incident.jurisdiction)
    return clocks.resume(clocks.live_clocks([case]), clocks.QUESTION, at, organisation)
