"""Takes a reporter's word that a closing is not true."""

from datetime import date, datetime

from django.db import transaction

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Dispute, Incident
from hark311.domain.actor import Actor
from hark311.domain.closing import last_day_to_dispute
from hark311.domain.errors import DoesNotApply
from hark311.domain.hours import end_of_business_day_after
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DisputeState, EventKind, Outcome, Visibility
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock

ANSWER_WITHIN_BUSINESS_DAYS = 5


@transaction.atomic
def request_dispute(case_id: int, text: str, *, actor: Actor) -> Dispute:
    """Dispute the closing of a case; a supervisor answers within five business days.

    Raises NotFound, NotAllowed, MissingText, and DoesNotApply with reason ``open``,
    ``withdrawn``, ``merged``, ``dispute_open``, or ``too_late`` with the last day.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_active(case)
    require_in_queue(incident)
    if State(incident.state).is_open:
        raise DoesNotApply(reason="open")
    if has_open_dispute(case):
        raise DoesNotApply(reason="dispute_open")
    now, words = clock.now(), required_words(text)
    if is_too_late(incident, now):
        raise DoesNotApply(reason="too_late", last_day=_last_day_of(incident).isoformat())
    return dispute_locked(case, incident, words, actor=actor, at=now)


def is_too_late(incident: Incident, at: datetime) -> bool:
    """True once the time to dispute the closing of a closed incident is over."""
    zone = organisation_of(incident.jurisdiction).zone
    return at.astimezone(zone).date() > _last_day_of(incident)


def _last_day_of(incident: Incident) -> date:
    if incident.closed_at is None:
        raise DoesNotApply(reason="open")
    zone = organisation_of(incident.jurisdiction).zone
    closed_on = incident.closed_at.astimezone(zone).date()
    return last_day_to_dispute(closed_on, Outcome(incident.outcome), incident.expected_on)


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
