"""Ends what is left open when an incident or a case ends; changes rows, saves nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import override

from hark311.cases.models import Case, Incident, Question, WorkOrder
from hark311.cases.wording import LEFT_EMPTY, TAKEN_BACK
from hark311.domain.vocabulary import WorkOrderState
from hark311.government.models import Jurisdiction


def lapsed_questions(cases: Iterable[Case], at: datetime) -> list[Question]:
    """The open questions to these reporters, lapsed and locked."""
    questions = list(
        Question.objects.select_for_update(no_key=True)
        .filter(case__in=[case.pk for case in cases], state="open")
        .order_by("id")
    )
    for question in questions:
        question.state, question.answered_at = "lapsed", at
    return questions


def open_orders(incident: Incident) -> list[WorkOrder]:
    """The work orders of the incident that are not done or cancelled, locked."""
    return list(
        WorkOrder.objects.select_for_update(no_key=True)
        .filter(
            incident=incident,
            state__in=[state.value for state in WorkOrderState if state.is_open],
        )
        .order_by("id")
    )


def cancelled_orders(incident: Incident, at: datetime) -> list[WorkOrder]:
    """The open work orders of the incident, cancelled."""
    orders = open_orders(incident)
    for order in orders:
        order.state, order.changed_at = WorkOrderState.CANCELLED.value, at
    return orders


def withdrawn_text(jurisdiction: Jurisdiction) -> str:
    """What the closing of an incident says when its last reporter took it back."""
    with override(_language_of(jurisdiction)):
        return str(TAKEN_BACK)


def emptied_text(jurisdiction: Jurisdiction) -> str:
    """What the closing of an incident says when its last report went elsewhere."""
    with override(_language_of(jurisdiction)):
        return str(LEFT_EMPTY)


def _language_of(jurisdiction: Jurisdiction) -> str:
    return str(jurisdiction.languages[0]) if jurisdiction.languages else "en"
