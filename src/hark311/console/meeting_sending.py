"""Makes a case of each line that was told at a meeting; what cannot be sent says why and stays."""

from hark311.console.desk import Desk
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.errors import BadDraft, Conflict, RuleBroken, UnknownService
from hark311.domain.vocabulary import Channel
from hark311.intake.submit import submit
from hark311.outreach.actions import TypedRow, note_case, note_fault
from hark311.outreach.queries import Row, rows_of
from hark311.platform import clock


def send_rows(meeting_id: int, desk: Desk) -> tuple[int, int]:
    """Send every line that is whole and not a case yet; return how many went, how many did not.

    Each on its own, so that one that is refused keeps no other. A second time sends none twice.
    """
    sent = failed = 0
    for row in rows_of(meeting_id):
        if row.number or row.typed.is_empty:
            continue
        if _send(meeting_id, row, desk):
            sent += 1
        else:
            failed += 1
    return sent, failed


def _send(meeting_id: int, row: Row, desk: Desk) -> bool:
    if not row.typed.service:
        note_fault(row.row_id, UnknownService.code)
        return False
    try:
        receipt = submit(_draft(meeting_id, row.typed, desk), actor=desk.actor)
    except (BadDraft, RuleBroken, UnknownService, Conflict) as error:
        note_fault(row.row_id, error.code)
        return False
    note_case(row.row_id, receipt.number)
    return True


def _draft(meeting_id: int, typed: TypedRow, desk: Desk) -> IntakeDraft:
    return IntakeDraft(
        jurisdiction_id=desk.actor.jurisdiction_id,
        channel=Channel.OUTREACH,
        source_key=f"meeting:{meeting_id}:{typed.key}",
        received_at=clock.now(),
        language=str((desk.jurisdiction.languages or [{"code": "en"}])[0]["code"]),
        service_code=typed.service,
        description=typed.said,
        address_text=typed.address,
        contact=Contact(name=typed.name, email=typed.email, phone=typed.phone),
        acknowledge_candidates=True,
        handler_account_id=desk.actor.account_id,
    )
