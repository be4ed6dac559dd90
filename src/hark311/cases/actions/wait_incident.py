"""Says that work cannot go on yet, and what it waits for."""

from datetime import date

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.actions.set_expected import require_coming
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State, Verb, WaitingFor, advance
from hark311.domain.vocabulary import EventKind
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def wait_incident(
    incident_id: int,
    waiting_for: WaitingFor,
    note: str,
    *,
    actor: Actor,
    expected_on: date | None = None,
    seen: int | None = None,
) -> Incident:
    """Let an incident wait; for a third party the promise to resolve stands still meanwhile.

    note: for residents, masked. expected_on: None leaves the expected date as it is. May be
    called again while it waits, to say that it now waits for something else.

    Raises NotFound, NotAllowed, StaleForm, IllegalTransition, MissingText(field="note"), and
    DoesNotApply with reason ``merged`` or ``past``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.WORK, incident)
    require_in_queue(incident)
    told = mask_text(required_words(note, field="note"))
    organisation, now = organisation_of(incident.jurisdiction), clock.now()
    if expected_on is not None:
        require_coming(expected_on, organisation, now)
        incident.expected_on = expected_on
    incident.state = advance(State(incident.state), Verb.WAIT).value
    incident.waiting_for, incident.waiting_note = waiting_for.value, told
    incident.acknowledged_at = incident.acknowledged_at or now
    incident.updated_at = now
    live = clocks.live_clocks(active_cases_of(incident))
    changed = clocks.agree_with(incident, live, now, organisation)
    record(
        incident,
        EventKind.WAITED,
        actor=actor,
        at=now,
        facts={
            "waiting_for": waiting_for.value,
            "note": told,
            "expected_on": incident.expected_on.isoformat() if incident.expected_on else None,
        },
        rows=[*changed, *clocks.restart_update(live, now, organisation), incident],
    )
    return incident
