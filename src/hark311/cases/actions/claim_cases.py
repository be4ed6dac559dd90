"""Gives an account the cases that were reported with an address it has proved."""

from django.db import transaction

from hark311.cases.ledger import record
from hark311.cases.locks import lock_case
from hark311.cases.models import Case
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.people.actions import claim_people
from hark311.platform import clock


@transaction.atomic
def claim_cases(account_id: int, email: str, *, actor: Actor) -> tuple[Case, ...]:
    """Attach everybody who gave ``email`` to the account that proved to read it.

    Returns the cases claimed now, oldest first; a second call claims nothing more. Cases that
    another account has claimed before stay with it. The caller has checked the proof.
    """
    people = claim_people(email, account_id, jurisdiction_id=actor.jurisdiction_id)
    found = Case.objects.filter(person__in=people).order_by("incident_id", "id")
    claimed = []
    for case_id in list(found.values_list("pk", flat=True)):
        case, incident = lock_case(case_id, actor)
        record(
            incident,
            EventKind.CLAIMED,
            actor=actor,
            at=clock.now(),
            case=case,
            visibility=Visibility.STAFF,
        )
        claimed.append(case)
    return tuple(sorted(claimed, key=lambda case: case.pk))
