"""Ends that somebody is told about an incident."""

from django.db import transaction

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_voice
from hark311.cases.models import Follow
from hark311.domain.actor import Actor
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock


@transaction.atomic
def unfollow(follow_id: int, *, actor: Actor) -> Follow:
    """Stop a follow; doing it twice changes nothing.

    Raises NotFound, NotAllowed.
    """
    case_id = Follow.objects.filter(pk=follow_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(what="follow")
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    follow = Follow.objects.select_for_update(no_key=True).get(pk=follow_id)
    if follow.to_at is not None:
        return follow
    follow.to_at = clock.now()
    record(
        incident,
        EventKind.UNFOLLOWED,
        actor=actor,
        at=follow.to_at,
        rows=[follow],
        case=case,
        visibility=Visibility.STAFF,
    )
    return follow
