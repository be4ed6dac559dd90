"""Opens a closed incident again, for everyone whose case it is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import Json, record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Case, Clock, Dispute, Incident
from hark311.cases.translated import translated
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockState
from hark311.domain.errors import DoesNotApply
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import DisputeState, EventKind, Target, Visibility
from hark311.domain.words import required_words
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def reopen_incident(
    incident_id: int,
    text: str,
    *,
    actor: Actor,
    translations: Mapping[str, str] = MappingProxyType({}),
    seen: int | None = None,
) -> Incident:
    """Reopen a closed incident; its clocks run again as if they had never been met.

    text: why, for residents, masked. Open disputes of its cases are upheld by it. What the
    closing said is kept in the event. translations: the text for readers of other languages.

    Raises NotFound, NotAllowed, StaleForm, IllegalTransition, MissingText, and DoesNotApply with
    reason ``merged`` or ``no_active_case``.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.REOPEN, incident)
    require_in_queue(incident)
    words = mask_text(required_words(text))
    return _reopen(incident, words, actor=actor, at=clock.now(), translations=translations)


def reopen_locked(incident: Incident, text: str, *, actor: Actor, at: datetime) -> Incident:
    """The same for an incident whose lock is held and for which the right was checked."""
    return _reopen(incident, mask_text(required_words(text)), actor=actor, at=at)


def reopen_unasked(incident: Incident, *, actor: Actor, at: datetime) -> Incident:
    """The same where another system reopened it and said no more."""
    return _reopen(incident, "", actor=actor, at=at)


def _reopen(
    incident: Incident,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    translations: Mapping[str, str] = MappingProxyType({}),
) -> Incident:
    state = advance(State(incident.state), Verb.REOPEN)
    cases = active_cases_of(incident)
    if not cases:
        raise DoesNotApply(reason="no_active_case")
    for dispute in open_disputes(cases):
        uphold_locked(dispute, incident, words, actor=actor, at=at)
    again = clocks.run_again(clocks_met_by_closing(cases, incident))
    facts: dict[str, Json] = {
        "text": words,
        **translated(translations),
        "cases": [case.pk for case in cases],
        "closing": {
            "outcome": incident.outcome,
            "detail": incident.outcome_detail,
            "text": incident.closing_text,
            "at": incident.closed_at.isoformat() if incident.closed_at else None,
        },
    }
    incident.state = state.value
    incident.outcome = incident.outcome_detail = incident.closing_text = ""
    incident.closed_at = incident.survey_at = None
    incident.acknowledged_at = incident.acknowledged_at or at
    incident.updated_at = at
    record(incident, EventKind.REOPENED, actor=actor, at=at, facts=facts, rows=[*again, incident])
    return incident


def open_disputes(cases: list[Case]) -> list[Dispute]:
    return list(
        Dispute.objects.select_for_update(no_key=True)
        .filter(case__in=cases, state=DisputeState.REQUESTED.value)
        .order_by("id")
    )


def uphold_locked(
    dispute: Dispute, incident: Incident, text: str, *, actor: Actor, at: datetime
) -> None:
    """Write that a dispute was right, on the stream of the incident whose lock is held."""
    dispute.state = DisputeState.UPHELD.value
    dispute.answer, dispute.answered_at = text, at
    record(
        incident,
        EventKind.DISPUTE_UPHELD,
        actor=actor,
        at=at,
        facts={"text": text},
        rows=[dispute],
        case=dispute.case,
        visibility=Visibility.REPORTER,
    )


def clocks_met_by_closing(cases: list[Case], incident: Incident) -> list[Clock]:
    """The promises to update and resolve that nothing but the closing of the incident met."""
    return list(
        Clock.objects.select_for_update(no_key=True)
        .filter(
            case__in=cases,
            state=ClockState.MET.value,
            target__in=[Target.UPDATE.value, Target.RESOLVE.value],
            met_at=incident.closed_at,
        )
        .order_by("id")
    )
