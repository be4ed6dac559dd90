"""Says how a colleague is called, what they speak, and when they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hark311.cases.administration.office import lock_colleague, lock_office, note
from hark311.domain.actor import Actor
from hark311.domain.errors import BadDraft
from hark311.domain.vocabulary import EventKind
from hark311.government.models import Account
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Description:
    """absent_from, absent_to: first and last day away; both None for somebody who is here."""

    name: str
    spoken: Sequence[str] = ()
    absent_from: date | None = None
    absent_to: date | None = None


@transaction.atomic
def describe_colleague(account_id: int, said: Description, *, actor: Actor) -> Account:
    """Keep what is said of a colleague. Doing it twice writes one event for each change.

    Raises NotFound, NotAllowed, and BadDraft(field="absent_to") for an absence that ends before
    it begins or does not begin.
    """
    jurisdiction = lock_office(actor)
    account = lock_colleague(account_id, jurisdiction)
    starts, ends = said.absent_from, said.absent_to
    if (ends and not starts) or (starts and ends and ends < starts):
        raise BadDraft(field="absent_to")
    account.name, account.spoken = said.name.strip()[:120], list(said.spoken)
    account.absent_from, account.absent_to = starts, ends
    account.save(update_fields=["name", "spoken", "absent_from", "absent_to"])
    facts = {
        "from": starts.isoformat() if starts else None,
        "to": ends.isoformat() if ends else None,
        "spoken": list(said.spoken),
    }
    note(
        jurisdiction,
        EventKind.ABSENCE_SET,
        account_id,
        actor=actor,
        at=clock.now(),
        facts=facts,
    )
    return account
