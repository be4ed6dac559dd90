"""Closes an incident for everyone who reported it, with words, an outcome and proof."""

from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.actions.set_expected import require_coming
from hark311.cases.endings import cancelled_orders, lapsed_questions
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Attachment, Incident
from hark311.cases.translated import translated
from hark311.catalog.queries import service_version
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing, check_closing
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.surveys import ask_at
from hark311.domain.vocabulary import EventKind, Origin, Outcome, Target
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def close_incident(
    incident_id: int, closing: Closing, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Close an incident; open questions lapse and open work orders are cancelled with it.

    closing.text and its detail go to residents and the public, with telephone numbers and
    addresses masked, but for the detail that says whose a matter is. Cases keep their own
    promise and may each be disputed; notices follow from the event. A planned day becomes
    the expected date.

    Raises NotFound, NotAllowed, StaleForm, DoesNotApply(reason="merged" or "past"),
    IllegalTransition, MissingText, MissingOutcome, MissingEvidence.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.CLOSE, incident)
    require_in_queue(incident)
    return close_locked(incident, closing, actor=actor, at=clock.now())


def close_locked(incident: Incident, closing: Closing, *, actor: Actor, at: datetime) -> Incident:
    """The same for an incident whose lock is held and for which the right was checked."""
    check_closing(
        closing,
        evidence_needed=service_version(incident.service_version_id).evidence,
        evidence_kinds=_evidence_kinds(incident, closing),
    )
    return _close(incident, closing, actor=actor, at=at)


def close_emptied(incident: Incident, text: str, *, actor: Actor, at: datetime) -> Incident:
    """Close a locked incident that nobody reports any more; those who follow it are told.

    The rows that emptied it were saved before.
    """
    return _close(incident, Closing(Outcome.WITHDRAWN, text), actor=actor, at=at)


def _close(incident: Incident, closing: Closing, *, actor: Actor, at: datetime) -> Incident:
    cases = active_cases_of(incident)
    incident.state = advance(State(incident.state), Verb.CLOSE).value
    incident.waiting_for = incident.waiting_note = ""
    incident.outcome = closing.outcome.value
    # Whose it is stands there with how to reach them: an office's number, nobody's own.
    is_office = closing.outcome is Outcome.NOT_OURS
    incident.outcome_detail = closing.detail if is_office else mask_text(closing.detail)
    planned_on = closing.planned_on if closing.outcome is Outcome.PLANNED else None
    if planned_on is not None:
        require_coming(planned_on, organisation_of(incident.jurisdiction), at)
        incident.expected_on = planned_on
    incident.closing_text = mask_text(closing.text)
    incident.closed_at = incident.updated_at = at
    incident.survey_at = _survey_at(incident, closing.outcome, actor, at)
    met = clocks.meet(clocks.live_clocks(cases), list(Target), at)
    record(
        incident,
        EventKind.CLOSED,
        actor=actor,
        at=at,
        facts={
            "outcome": closing.outcome.value,
            "detail": incident.outcome_detail,
            "text": incident.closing_text,
            **translated(closing.translations),
            **({"expected_on": planned_on.isoformat()} if planned_on else {}),
            "evidence": list(closing.evidence),
            "cases": [case.pk for case in cases],
        },
        rows=[*met, *lapsed_questions(cases, at), *cancelled_orders(incident, at), incident],
    )
    return incident


def _survey_at(incident: Incident, outcome: Outcome, actor: Actor, at: datetime) -> datetime | None:
    """When to ask whether it was done: of what happens in earnest, and may be spoken of."""
    if incident.is_sensitive or actor.origin is not Origin.LIVE:
        return None
    return ask_at(at, outcome, incident.expected_on, organisation_of(incident.jurisdiction).zone)


def _evidence_kinds(incident: Incident, closing: Closing) -> frozenset[str]:
    kinds = Attachment.objects.filter(
        incident=incident, is_evidence=True, pk__in=closing.evidence
    ).values_list("kind", flat=True)
    return frozenset(kinds) | ({"text"} if closing.text.strip() else frozenset())
