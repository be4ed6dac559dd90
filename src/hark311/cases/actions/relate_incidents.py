"""Notes that two incidents belong together without being one."""

from django.db import transaction
from django.db.models import Q

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incidents, require_here
from hark311.cases.models import Relation
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock


@transaction.atomic
def relate_incidents(incident_id: int, other_id: int, *, actor: Actor) -> Relation:
    """Relate two incidents; it is enough to work on the first. Nothing outside shows it.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``same``, ``sensitive`` or
    ``related``.
    """
    incident, other = lock_incidents((incident_id, other_id), actor)
    require_here(actor, Permission.RELATE, incident)
    if incident.pk == other.pk:
        raise DoesNotApply(reason="same")
    if incident.is_sensitive or other.is_sensitive:
        raise DoesNotApply(reason="sensitive")
    either = Q(incident=incident, other=other) | Q(incident=other, other=incident)
    if Relation.objects.filter(either).exists():
        raise DoesNotApply(reason="related")
    now = clock.now()
    relation = Relation(incident=incident, other=other, created_at=now)
    for stream, to, rows in ((incident, other, [relation]), (other, incident, [])):
        record(
            stream,
            EventKind.RELATED,
            actor=actor,
            at=now,
            facts={"to": to.pk},
            rows=rows,
            visibility=Visibility.STAFF,
        )
    return relation
