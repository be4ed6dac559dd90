"""Ends that somebody is told about an incident."""

from django.db import transaction

from hark311.cases.actions.follow_incident import follows_of
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_voice
from hark311.cases.models import Follow, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock


@transaction.atomic
def unfollow(follow_id: int, *, actor: Actor) -> Follow:
    """Stop a follow, and every other one of this incident that mails the same person.

    Two reports that somebody followed may have become one: who stops, stops for both. Doing
    it twice changes nothing.

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
    now = clock.now()
    ended = _of_the_same(follow, incident)
    for one in ended:
        one.to_at = now
    follow.to_at = now
    record(
        incident,
        EventKind.UNFOLLOWED,
        actor=actor,
        at=now,
        rows=[follow, *ended],
        case=case,
        visibility=Visibility.STAFF,
    )
    return follow


def _of_the_same(follow: Follow, incident: Incident) -> list[Follow]:
    """The other open follows of the incident by this person, or under the same address."""
    open_ones = follows_of(incident, follow.person).exclude(pk=follow.pk)
    return list(open_ones.select_for_update(no_key=True, of=("self",)).order_by("id"))
