"""Writes down who read whose personal data, and tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Reading:
    """Who learnt the contact of a case, and when. name: of the account, as colleagues know it."""

    case_number: str
    name: str
    at: datetime
    reason: str


def last_readings(case_numbers: Iterable[str]) -> dict[str, Reading]:
    """By number of the case, the last time that somebody learnt its contact; one statement."""
    rows = (
        ContactReading.objects.filter(case_number__in=list(case_numbers))
        .order_by("case_number", "-at", "-id")
        .distinct("case_number")
        .values_list("case_number", "account__name", "account__email", "at", "reason")
    )
    return {
        number: Reading(number, name or email, at, reason)
        for number, name, email, at, reason in rows
    }
