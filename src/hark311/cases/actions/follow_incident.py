"""Lets somebody be told about what another person reported."""

from django.db import transaction
from django.db.models import Q, QuerySet

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Follow, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.vocabulary import EventKind, Privacy, Visibility
from hark311.people.models import Person
from hark311.platform import clock


@transaction.atomic
def follow_incident(case_id: int, person_id: int, *, actor: Actor) -> Follow:
    """Follow the incident of a public case, wherever that case goes; twice is once.

    Twice is also somebody of the same e-mail address, so that one unfollow ends their mail.

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
    person = _other_person(case, person_id)
    # The lock of the incident lets one follow after the other look for what there is.
    existing = follows_of(incident, person).order_by("id").first()
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


def _other_person(case: Case, person_id: int) -> Person:
    person = Person.objects.filter(pk=person_id, jurisdiction=case.jurisdiction_id).first()
    if person is None:
        raise NotFound(what="person")
    if case.person_id == person_id:
        raise DoesNotApply(reason="own_case")
    return person


def follows_of(incident: Incident, person: Person) -> QuerySet[Follow]:
    """The open follows of an incident by a person, or by somebody of the same e-mail address."""
    same = Q(person=person)
    if person.email:
        same |= Q(person__email__iexact=person.email, person__jurisdiction=person.jurisdiction_id)
    return Follow.objects.filter(same, incident=incident, to_at__isnull=True)
