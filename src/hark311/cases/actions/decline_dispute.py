"""Says, with reasons, that a closing stands."""

from django.db import transaction

from hark311.cases.actions.uphold_dispute import lock_dispute
from hark311.cases.ledger import record
from hark311.cases.models import Dispute
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import DisputeState, EventKind, Visibility
from hark311.domain.words import required_words
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def decline_dispute(
    dispute_id: int, text: str, *, actor: Actor, seen: int | None = None
) -> Dispute:
    """Decline a dispute; the reporter is told why, and may dispute again.

    text: for this reporter, masked.

    Raises NotFound, NotAllowed, StaleForm, MissingText, and DoesNotApply(reason="answered").
    """
    dispute, case, incident = lock_dispute(dispute_id, actor, seen=seen)
    words, now = mask_text(required_words(text)), clock.now()
    dispute.state = DisputeState.DECLINED.value
    dispute.answer, dispute.answered_at = words, now
    case.updated_at = now
    record(
        incident,
        EventKind.DISPUTE_DECLINED,
        actor=actor,
        at=now,
        facts={"text": words},
        rows=[dispute, case, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    return dispute
