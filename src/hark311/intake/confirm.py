"""Makes a case of a draft that was begun on a call or waited in the inbox."""

from dataclasses import replace

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.contacts.drafts import confirm_locked, lock_draft
from hark311.domain.actor import Actor
from hark311.domain.draft import IntakeDraft, Receipt
from hark311.intake.submit import submit


@transaction.atomic
def confirm_draft(draft_id: int, draft: IntakeDraft, *, actor: Actor) -> Receipt:
    """Open the case that ``draft`` tells of, and take the waiting draft out of the inbox.

    The touch that the draft came with is the case's own, and so are the pictures that came
    with it. The same form again gets the same receipt.

    Raises NotAllowed, NotFound, Conflict if a colleague holds the draft or it is done, KeyReused
    if it led to something else, and what ``submit`` refuses.
    """
    require(actor, Permission.HANDLE_INBOX)
    waiting = lock_draft(draft_id, actor=actor)
    if waiting.state != "confirmed":
        confirm_locked(waiting, actor=actor, at=draft.received_at)
    came_with = tuple(str(key) for key in waiting.content.get("attachments", ()))
    whole = replace(draft, attachments=(*draft.attachments, *came_with))
    return submit(whole, actor=actor, within=waiting.interaction_id)
