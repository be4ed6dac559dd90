"""Tells the city that something is wrong, now or from a given time on."""

from django.db import transaction

from hark311.cases.disrupting.pen import (
    DisruptionDraft,
    check,
    in_words,
    note,
    require_alerting,
    write,
)
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind
from hark311.platform import clock


@transaction.atomic
def compose_disruption(draft: DisruptionDraft, *, actor: Actor) -> Disruption:
    """Publish a disruption; it is live from ``draft.starts_at`` on.

    Raises NotAllowed, MissingText, BadPlace, DoesNotApply(reason="ends_early").
    """
    require_alerting(actor)
    check(draft)
    now = clock.now()
    row = Disruption(
        jurisdiction_id=actor.jurisdiction_id, made_by_id=actor.account_id, created_at=now
    )
    write(row, draft, at=now)
    note(row, EventKind.DISRUPTION_COMPOSED, actor=actor, at=now, facts=in_words(row))
    return row
