"""Looks every few seconds for what has fallen due, and acts on each incident once.

Due instants are stored, so a sweep is a look at an index. Any number of workers may
sweep at once: an incident that another one holds is left to it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from hark311.cases.actions.ask_survey import ask_survey_locked
from hark311.cases.actions.lapse_question import lapse_locked
from hark311.cases.actions.step_clocks import step_clocks
from hark311.cases.models import Case, Clock, Incident, Question
from hark311.domain.actor import Actor, system_actor
from hark311.domain.clocks import ClockState
from hark311.domain.vocabulary import Origin, Standing
from hark311.platform import clock

LIMIT = 200


def sweep_clocks(now: datetime | None = None, limit: int = LIMIT) -> int:
    """Warn before and escalate after promises fall due, in at most so many incidents.

    now: None asks the clock. Returns how many clocks were marked. What was imported is never
    warned about or escalated.
    """
    at = now or clock.now()
    ids = _due_clocks(at).order_by("case__incident").values_list("case__incident", flat=True)
    return sum(_sweep_incident(pk, at) for pk in ids.distinct()[:limit])


def sweep_questions(now: datetime | None = None, limit: int = LIMIT) -> int:
    """Lapse at most so many questions whose time is over; return how many."""
    at = now or clock.now()
    due = Question.objects.filter(state="open", due_at__lte=at).order_by("due_at", "id")
    found = list(due.values_list("pk", "case__incident")[:limit])
    return sum(_lapse(question_id, incident_id, at) for question_id, incident_id in found)


def sweep_surveys(now: datetime | None = None, limit: int = LIMIT) -> int:
    """Ask about at most so many closed incidents whose time has come; return how many."""
    at = now or clock.now()
    due = Incident.objects.filter(survey_at__lte=at).order_by("survey_at", "id")
    return sum(_ask(pk, at) for pk in due.values_list("pk", flat=True)[:limit])


def _due_clocks(at: datetime) -> QuerySet[Clock]:
    to_breach = Q(due_at__lt=at)
    to_warn = Q(warned_at__isnull=True, warn_at__lte=at)
    return Clock.objects.filter(
        to_breach | to_warn,
        state=ClockState.RUNNING.value,
        breached_at__isnull=True,
        case__standing=Standing.ACTIVE.value,
    ).exclude(case__origin=Origin.IMPORT.value)


@transaction.atomic
def _sweep_incident(incident_id: int, at: datetime) -> int:
    incident = _hold(incident_id)
    if incident is None:
        return 0
    due = _due_clocks(at).filter(case__incident=incident)
    running = list(
        due.select_for_update(no_key=True, of=("self",)).select_related("case").order_by("id")
    )
    return len(step_clocks(incident, running, actor=_actor(incident), at=at))


@transaction.atomic
def _lapse(question_id: int, incident_id: int, at: datetime) -> int:
    incident = _hold(incident_id)
    if incident is None:
        return 0
    question = (
        Question.objects.select_for_update(no_key=True)
        .filter(pk=question_id, state="open", due_at__lte=at)
        .first()
    )
    case = Case.objects.select_for_update(no_key=True).filter(questions=question_id).first()
    if question is None or case is None or case.incident_id != incident.pk:
        return 0
    lapse_locked(question, case, incident, actor=_actor(incident), at=at)
    return 1


@transaction.atomic
def _ask(incident_id: int, at: datetime) -> int:
    incident = _hold(incident_id)
    if incident is None or incident.survey_at is None or incident.survey_at > at:
        return 0
    ask_survey_locked(incident, actor=_actor(incident), at=at)
    return 1


def _hold(incident_id: int) -> Incident | None:
    """The incident, locked; None if another worker or action holds it now."""
    return (
        Incident.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(pk=incident_id)
        .first()
    )


def _actor(incident: Incident) -> Actor:
    return replace(system_actor(incident.jurisdiction_id), origin=Origin(incident.origin))


# Name, seconds between two looks, and what to do.
LOOPS: tuple[tuple[str, float, Callable[[], int]], ...] = (
    ("sweep_clocks", 15, sweep_clocks),
    ("sweep_questions", 15, sweep_questions),
    ("sweep_surveys", 60, sweep_surveys),
)
