"""Writes down who read whose personal data."""

from collections.abc import Iterable
from datetime import datetime

from hark311.access.models import ContactReading
from hark311.domain.actor import Actor
from hark311.domain.errors import NotAllowed


def note_readings(case_numbers: Iterable[str], *, actor: Actor, at: datetime) -> None:
    """Note that the actor learnt something of the people behind these cases; one statement.

    Raises NotAllowed for an actor without an account.
    """
    if actor.account_id is None:
        raise NotAllowed(reason="signed_out")
    ContactReading.objects.bulk_create(
        ContactReading(
            jurisdiction_id=actor.jurisdiction_id,
            account_id=actor.account_id,
            case_number=number,
            at=at,
        )
        for number in case_numbers
    )
