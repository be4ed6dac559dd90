"""Lets the public see the pictures of reports and of work, or keeps them from it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here
from hark311.cases.models import Attachment, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock


@transaction.atomic
def judge_pictures(
    incident_id: int,
    *,
    shown: Sequence[int],
    hidden: Sequence[int],
    actor: Actor,
    seen: int | None = None,
) -> Incident:
    """Show some pictures and hide others, whatever was said of them before.

    shown, hidden: attachment ids, of what reporters sent or of proof of work. It tells nobody.

    Raises NotFound (also for a picture of another incident), NotAllowed, StaleForm.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.NOTE, incident)
    changed = [
        *_marked(incident, shown, "shown"),
        *_marked(incident, hidden, "hidden"),
    ]
    if changed:
        record(
            incident,
            EventKind.PICTURES_JUDGED,
            actor=actor,
            at=clock.now(),
            facts={"shown": sorted(shown), "hidden": sorted(hidden)},
            rows=changed,
            visibility=Visibility.STAFF,
        )
    return incident


def _marked(incident: Incident, ids: Sequence[int], state: str) -> list[Attachment]:
    rows = list(
        Attachment.objects.select_for_update(no_key=True, of=("self",))
        .filter(
            Q(case__incident=incident, is_evidence=False) | Q(incident=incident, is_evidence=True),
            pk__in=ids,
        )
        .order_by("id")
    )
    if len(rows) != len(set(ids)):
        raise NotFound(what="picture")
    changed = [row for row in rows if row.state != state]
    for row in changed:
        row.state = state
    return changed
