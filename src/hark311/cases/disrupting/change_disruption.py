"""Says something else of a disruption: its words, where it reaches, by when it ends."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hark311.cases.disrupting.pen import (
    DisruptionDraft,
    check,
    in_words,
    lock_disruption,
    note,
    write,
)
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind
from hark311.platform import clock


@transaction.atomic
def change_disruption(
    disruption_id: int, draft: DisruptionDraft, *, actor: Actor, version: int | None = None
) -> Disruption:
    """Publish the next version; what was said before stays in the events.

    A beginning that has passed stays as it was.

    Raises NotFound, NotAllowed, StaleForm, MissingText, BadPlace, and DoesNotApply with reason
    ``over`` or ``ends_early``.
    """
    row = lock_disruption(disruption_id, actor, version=version)
    now = clock.now()
    draft = replace(draft, starts_at=_beginning(row, draft, now))
    check(draft)
    row.version += 1
    write(row, draft, at=now)
    note(row, EventKind.DISRUPTION_CHANGED, actor=actor, at=now, facts=in_words(row))
    return row


@transaction.atomic
def start_disruption(disruption_id: int, *, actor: Actor) -> Disruption:
    """Let a disruption that was planned for later begin now.

    Raises NotFound, NotAllowed, DoesNotApply with reason ``over`` or ``live``.
    """
    row = lock_disruption(disruption_id, actor)
    now = clock.now()
    if row.starts_at <= now:
        raise DoesNotApply(reason="live")
    planned, row.starts_at, row.updated_at = row.starts_at, now, now
    row.version += 1
    row.save(update_fields=["starts_at", "updated_at", "version"])
    facts = {"planned_for": planned.isoformat()}
    note(row, EventKind.DISRUPTION_STARTED, actor=actor, at=now, facts=facts)
    return row


def _beginning(row: Disruption, draft: DisruptionDraft, now: datetime) -> datetime:
    return row.starts_at if row.starts_at <= now else draft.starts_at
