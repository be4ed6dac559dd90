"""Takes a case back on its reporter's wish; the last one to go closes the incident."""

from django.db import transaction

from hark311.cases import clocks
from hark311.cases.actions.close_incident import close_emptied
from hark311.cases.endings import lapsed_questions, withdrawn_text
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_open, require_voice
from hark311.cases.models import Case
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Standing, Visibility
from hark311.platform import clock


@transaction.atomic
def withdraw_case(case_id: int, *, actor: Actor) -> Case:
    """Withdraw an open case, by its reporter or by staff on their behalf.

    Its promise is owed no more, and an open question lapses. When no active case is left,
    the incident closes with the outcome ``withdrawn``, as an event of its own.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``withdrawn``, ``closed`` or
    ``merged``.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_active(case)
    require_open(incident)
    now = clock.now()
    case.standing = Standing.WITHDRAWN.value
    case.updated_at = incident.updated_at = now
    ended = [*clocks.supersede(clocks.live_clocks([case])), *lapsed_questions([case], now)]
    is_last = incident.active_cases == 1
    record(
        incident,
        EventKind.WITHDRAWN,
        actor=actor,
        at=now,
        rows=[*ended, case] if is_last else [*ended, case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    if is_last:
        close_emptied(incident, withdrawn_text(incident.jurisdiction), actor=actor, at=now)
    return case
