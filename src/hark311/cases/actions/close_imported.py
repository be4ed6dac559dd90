"""Closes an incident because the system that it was imported from has closed it."""

from datetime import datetime

from django.db import transaction

from hark311.cases import clocks
from hark311.cases.actions.import_case import (
    close_as_not_recorded,
    closing_facts,
    require_import,
)
from hark311.cases.endings import cancelled_orders, lapsed_questions
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_open
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Target


@transaction.atomic
def close_imported(case_id: int, closed_at: datetime, *, actor: Actor) -> Incident:
    """Close the incident of an imported case as of ``closed_at``, outcome not recorded.

    Raises NotAllowed unless the actor is an import, NotFound, and DoesNotApply with reason
    ``closed`` or ``merged`` if there is nothing left to close.
    """
    require_import(actor)
    _case, incident = lock_case(case_id, actor)
    require_open(incident)
    cases = active_cases_of(incident)
    close_as_not_recorded(incident, closed_at)
    met = clocks.meet(clocks.live_clocks(cases), list(Target), closed_at)
    questions, orders = lapsed_questions(cases, closed_at), cancelled_orders(incident, closed_at)
    record(
        incident,
        EventKind.CLOSED,
        actor=actor,
        at=closed_at,
        facts=closing_facts(cases),
        rows=[*met, *questions, *orders, incident],
    )
    return incident
