"""Writes people: who reported or follows, as they gave it; and proofs of an address."""

from datetime import datetime

import phonenumbers

from hark311.domain.draft import Contact
from hark311.government.models import Jurisdiction
from hark311.people.models import Person
from hark311.platform import planned

_REGION = "US"


def note_person(
    contact: Contact,
    jurisdiction: Jurisdiction,
    *,
    language: str,
    at: datetime,
    account_id: int | None = None,
) -> Person | None:
    """Keep who reports, as given; None if they gave nothing to reach or name them by."""
    email, phone = contact.email.strip().lower(), normal_phone(contact.phone)
    name = contact.name.strip()
    if not (email or phone or name):
        return None
    person = Person(
        jurisdiction=jurisdiction,
        account_id=account_id,
        name=name[:200],
        email=email[:254],
        phone=phone[:40],
        language=language,
        wants_updates=contact.wants_updates,
        created_at=at,
    )
    planned.insert(person)
    return person


def stop_updates(person_id: int) -> None:
    """Write to this person no more about what they reported or follow; twice changes nothing."""
    Person.objects.filter(pk=person_id).update(wants_updates=False)


def normal_phone(phone: str) -> str:
    """A telephone number in its international form, or as written if it is none."""
    if not phone.strip():
        return ""
    try:
        parsed = phonenumbers.parse(phone, _REGION)
    except phonenumbers.NumberParseException:
        return phone.strip()
    if not phonenumbers.is_possible_number(parsed):
        return phone.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def claim_people(email: str, account_id: int, *, jurisdiction_id: int) -> tuple[int, ...]:
    """Give the account everybody of this address whom no account has yet; return their ids."""
    found = Person.objects.select_for_update(no_key=True).filter(
        jurisdiction=jurisdiction_id, email=email.strip().lower(), account__isnull=True
    )
    ids = tuple(found.exclude(email="").order_by("id").values_list("pk", flat=True))
    Person.objects.filter(pk__in=ids).update(account_id=account_id)
    return ids
