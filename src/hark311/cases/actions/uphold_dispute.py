"""Agrees with a reporter that a closing was not true; the supervisor chooses what follows."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.actions.reopen_incident import (
    clocks_met_by_closing,
    reopen_locked,
    uphold_locked,
)
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_here
from hark311.cases.models import Case, Dispute, Incident
from hark311.cases.moves import incident_for, move_case
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.vocabulary import DisputeState, EventKind
from hark311.domain.words import required_words
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def uphold_dispute_by_reopening(
    dispute_id: int, text: str, *, actor: Actor, seen: int | None = None
) -> Dispute:
    """Uphold a dispute and reopen the incident, for all its cases.

    text: for everyone who reported it, masked.

    Raises NotFound, NotAllowed, StaleForm, MissingText, and DoesNotApply with reason ``answered``.
    """
    dispute, _case, incident = lock_dispute(dispute_id, actor, seen=seen)
    reopen_locked(incident, text, actor=actor, at=clock.now())
    return Dispute.objects.get(pk=dispute.pk)


@transaction.atomic
def uphold_dispute_apart(
    dispute_id: int, text: str, *, actor: Actor, seen: int | None = None
) -> Dispute:
    """Uphold a dispute and take its case to a new incident that follows the closed one.

    Everybody else's case stays closed. text: for this reporter, masked.

    Raises NotFound, NotAllowed, StaleForm, MissingText, and DoesNotApply with reason ``answered``,
    or ``sensitive`` (a sensitive case never shares or changes its incident: reopen it).
    """
    dispute, case, closed = lock_dispute(dispute_id, actor, seen=seen)
    if closed.is_sensitive:
        raise DoesNotApply(reason="sensitive")
    now, words = clock.now(), mask_text(required_words(text))
    again = clocks.run_again(clocks_met_by_closing([case], closed))
    incident = incident_for(case, closed, now)
    incident.follows = closed
    clocks.set_due(incident, clocks.with_changes(case, again))
    case.updated_at = now
    uphold_locked(dispute, closed, words, actor=actor, at=now)
    record(
        incident,
        EventKind.SPLIT_FROM,
        actor=actor,
        at=now,
        facts={"from": closed.pk, "number": case.number, "reason": "dispute_upheld"},
        rows=[incident, *again, *move_case(case, incident, now)],
        case=case,
    )
    closed.updated_at = now
    record(
        closed,
        EventKind.SPLIT_OFF,
        actor=actor,
        at=now,
        facts={"to": incident.pk, "number": case.number, "reason": "dispute_upheld"},
        rows=[closed],
        case=case,
    )
    return dispute


def lock_dispute(
    dispute_id: int, actor: Actor, *, seen: int | None
) -> tuple[Dispute, Case, Incident]:
    """Lock an open dispute by its case, for somebody who may decide it.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply(reason="answered").
    """
    case_id = Dispute.objects.filter(pk=dispute_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(what="dispute")
    case, incident = lock_case(case_id, actor, seen=seen)
    require_here(actor, Permission.DECIDE_DISPUTE, incident)
    dispute = Dispute.objects.select_for_update(no_key=True).get(pk=dispute_id)
    if dispute.state != DisputeState.REQUESTED.value:
        raise DoesNotApply(reason="answered")
    return dispute, case, incident
