"""Updates of requests as FixMyStreet reads and posts them: servicerequestupdates."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hark311.access.keys import Scope
from hark311.cases.queries.public import PublicUpdate, public_updates
from hark311.cases.queries.reporter import case_id_of, speaking_for
from hark311.channels.open311.adapter import read_update, required
from hark311.channels.open311.case_lists import canonical
from hark311.channels.open311.case_rows import w3c
from hark311.channels.open311.document import Node, rows
from hark311.channels.open311.exchange import Answer, Call
from hark311.channels.open311.posting import sender_of
from hark311.channels.open311.windows import page_of, window_of
from hark311.domain.errors import NotFound, UnreadablePayload
from hark311.domain.vocabulary import EventKind
from hark311.intake.reply import reply
from hark311.platform import clock

# Every page reads all that stands before it.
DEEPEST = 20_000
_STATUSES = {
    EventKind.ACKNOWLEDGED: "investigating",
    EventKind.STARTED: "in_progress",
}


def list_updates(call: Call) -> Answer:
    """What was said in public of public requests in a window, oldest first.

    Raises UnreadablePayload, with reason ``too_deep`` for a page beyond the last that is read.
    """
    zone = ZoneInfo(call.jurisdiction.zone)
    now = clock.now()
    window = window_of(call.parameters, zone=zone, now=now)
    page = page_of(call.parameters)
    if page.offset + page.size > DEEPEST:
        raise UnreadablePayload(field="page", reason="too_deep", limit=DEEPEST)
    found = public_updates(
        call.jurisdiction,
        start=window.start or now,
        end=window.end or now,
        limit=page.offset + page.size,
    )
    entries = [_entry(update, zone) for update in found[page.offset :]]
    return Answer(rows("service_request_updates", "request_update", entries))


def post_update(call: Call) -> Answer:
    """Take a status from a trusted system; the answer names the update as the list will.

    Raises NotAllowed, TooMany, NotFound, and what the adapter and ``reply`` refuse.
    """
    key, actor = sender_of(call, Scope.UPDATE)
    draft = read_update(call, key_id=key.pk, received_at=clock.now())
    number = canonical(required(call.parameters, "service_request_id"))
    case_id = case_id_of(call.jurisdiction, number)
    if speaking_for(call.jurisdiction.pk, case_id).is_sensitive:
        raise NotFound(what="case")
    receipt = reply(draft, case_id, actor=actor)
    update_id = _update_id_since(call, number, draft.received_at) or receipt.interaction_reference
    entry: Node = {"update_id": update_id, "service_request_id": number}
    status = 200 if receipt.is_repeat else 201
    return Answer(rows("service_request_updates", "request_update", [entry]), status)


def _update_id_since(call: Call, number: str, at: datetime) -> str:
    found = public_updates(call.jurisdiction, start=at, end=clock.now())
    return next((_id(update) for update in reversed(found) if update.number == number), "")


def _entry(update: PublicUpdate, zone: ZoneInfo) -> Node:
    return {
        "update_id": _id(update),
        "service_request_id": update.number,
        "status": _STATUSES.get(update.kind, update.status.value),
        "updated_datetime": w3c(update.at, zone),
        "description": update.text,
        "media_url": None,
    }


def _id(update: PublicUpdate) -> str:
    """One event may speak of several requests: each gets an update of its own."""
    return f"{update.id}-{update.number}"
