"""Gives a case an incident of its own, since it is about something else."""

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_here, require_open
from hark311.cases.models import Case
from hark311.cases.moves import incident_for, move_case
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind
from hark311.government.queries import organisation_of
from hark311.platform import clock


@transaction.atomic
def split_case(case_id: int, *, actor: Actor, seen: int | None = None) -> Case:
    """Move a case, and who follows it, to a new incident in the same queue, received anew.

    Its promise stays as it was; what the old incident waited for no longer stops it.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply with reason ``closed``, ``merged``,
    ``withdrawn`` or ``only_case``.
    """
    case, old = lock_case(case_id, actor, seen=seen)
    require_here(actor, Permission.SPLIT, old)
    require_open(old)
    require_active(case)
    if old.active_cases == 1:
        raise DoesNotApply(reason="only_case")
    now, organisation = clock.now(), organisation_of(old.jurisdiction)
    new = incident_for(case, old, now)
    changed = clocks.agree_with(new, clocks.live_clocks([case]), now, organisation)
    clocks.set_due(new, clocks.with_changes(case, changed))
    case.updated_at = old.updated_at = now
    record(
        new,
        EventKind.SPLIT_FROM,
        actor=actor,
        at=now,
        facts={"from": old.pk, "number": case.number, "reason": "split"},
        rows=[new, *changed, *move_case(case, new, now)],
        case=case,
    )
    record(
        old,
        EventKind.SPLIT_OFF,
        actor=actor,
        at=now,
        facts={"to": new.pk, "number": case.number, "reason": "split"},
        rows=[old],
        case=case,
    )
    return case
