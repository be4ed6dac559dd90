"""Notes that somebody opened the contact details of a reporter: the read audit."""

from django.db import transaction

from hark311.access.models import ContactReading
from hark311.access.policy import Permission, require
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case
from hark311.cases.models import Case
from hark311.domain.actor import Actor
from hark311.domain.errors import MissingText, NotAllowed
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.privacy.text import mask_text

LONGEST_REASON = 200


@transaction.atomic
def record_contact_opened(case_id: int, *, actor: Actor, reason: str = "") -> Case:
    """Note who opens the contact details of a case, and return it; call before showing them.

    Staff who may open contacts may in every queue: whoever takes a call must. reason: in their
    words; needed where the government asks for it.

    Raises NotFound (also for a sensitive case outside the actor's queues), NotAllowed, and
    MissingText(field="reason").
    """
    case, incident = lock_case(case_id, actor)
    require(actor, Permission.OPEN_CONTACT)
    if actor.account_id is None:
        raise NotAllowed(permission=Permission.OPEN_CONTACT.value)
    why = mask_text(reason.strip())[:LONGEST_REASON]
    if asks_why(case.jurisdiction) and not why:
        raise MissingText(field="reason")
    now = clock.now()
    ContactReading.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        account_id=actor.account_id,
        case_number=case.number,
        at=now,
        reason=why,
    )
    record(
        incident,
        EventKind.CONTACT_OPENED,
        actor=actor,
        at=now,
        facts={"reason": why} if why else {},
        case=case,
        visibility=Visibility.STAFF,
    )
    return case


def asks_why(jurisdiction: Jurisdiction) -> bool:
    """True where staff must say why they open a contact."""
    return bool(jurisdiction.settings.get("contact_reason"))
