"""Takes a reporter's word that a closing is not true."""

from datetime import datetime

from django.db import transaction

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Dispute, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.hours import end_of_business_day_after
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DisputeState, EventKind, Visibility
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock

ANSWER_WITHIN_BUSINESS_DAYS = 5


@transaction.atomic
def request_dispute(case_id: int, text: str, *, actor: Actor) -> Dispute:
    """Dispute the closing of a case; a supervisor answers within five business days.

    Raises NotFound, NotAllowed, MissingText, and DoesNotApply with reason ``open``,
    ``withdrawn``, ``merged`` or ``dispute_open``.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_active(case)
    require_in_queue(incident)
    if State(incident.state).is_open:
        raise DoesNotApply(reason="open")
    if has_open_dispute(case):
        raise DoesNotApply(reason="dispute_open")
    return dispute_locked(case, incident, required_words(text), actor=actor, at=clock.now())


def has_open_dispute(case: Case) -> bool:
    return Dispute.objects.filter(case=case, state=DisputeState.REQUESTED.value).exists()


def dispute_locked(
    case: Case, incident: Incident, text: str, *, actor: Actor, at: datetime
) -> Dispute:
    """The same for an active case of a closed incident, under its lock; text may be ''."""
    organisation = organisation_of(incident.jurisdiction)
    hours = organisation.hours_of(organisation.queues[incident.queue_id].calendar_id, at)
    dispute = Dispute(
        case=case,
        incident=incident,
        text=text,
        state=DisputeState.REQUESTED.value,
        requested_at=at,
        answer_by=end_of_business_day_after(hours, at, ANSWER_WITHIN_BUSINESS_DAYS),
    )
    case.updated_at = at
    record(
        incident,
        EventKind.DISPUTED,
        actor=actor,
        at=at,
        facts={"text": text, "answer_by": dispute.answer_by.isoformat()},
        rows=[dispute, case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    return dispute
