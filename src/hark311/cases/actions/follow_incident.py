"""Lets somebody be told about what another person reported."""

from django.db import transaction

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Follow
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.vocabulary import EventKind, Privacy, Visibility
from hark311.people.models import Person
from hark311.platform import clock


@transaction.atomic
def follow_incident(case_id: int, person_id: int, *, actor: Actor) -> Follow:
    """Follow the incident of a public case, wherever that case goes; twice is once.

    person_id: who is to be told, as ``intake.reply`` has noted them.

    Raises NotFound (also for a case that is not public, and a person of another jurisdiction),
    NotAllowed, and DoesNotApply with reason ``own_case``, ``withdrawn`` or ``merged``.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    if case.privacy != Privacy.PUBLIC.value:
        raise NotFound(what="case")
    require_in_queue(incident)
    require_active(case)
    _require_other(case, person_id)
    following = Follow.objects.filter(incident=incident, person=person_id, to_at__isnull=True)
    existing = following.first()
    if existing is not None:
        return existing
    now = clock.now()
    follow = Follow(incident=incident, case=case, person_id=person_id, from_at=now)
    record(
        incident,
        EventKind.FOLLOWED,
        actor=actor,
        at=now,
        rows=[follow],
        case=case,
        visibility=Visibility.STAFF,
    )
    return follow


def _require_other(case: Case, person_id: int) -> None:
    if not Person.objects.filter(pk=person_id, jurisdiction=case.jurisdiction_id).exists():
        raise NotFound(what="person")
    if case.person_id == person_id:
        raise DoesNotApply(reason="own_case")
