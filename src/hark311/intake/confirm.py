"""Makes a case of a draft that waited in the inbox."""

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.contacts.actions import finish_draft
from hark311.domain.actor import Actor
from hark311.domain.draft import IntakeDraft, Receipt
from hark311.intake.submit import submit


@transaction.atomic
def confirm_draft(draft_id: int, draft: IntakeDraft, *, actor: Actor) -> Receipt:
    """Open the case that ``draft`` tells of, and take the waiting draft out of the inbox.

    Raises NotAllowed, NotFound, Conflict if a colleague holds the draft or it is done, and
    what ``submit`` refuses.
    """
    require(actor, Permission.HANDLE_INBOX)
    finish_draft(draft_id, "confirmed", actor=actor)
    return submit(draft, actor=actor)
