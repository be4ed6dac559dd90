"""What the page of a call says of the telephone itself."""

from hark311.console.desk import Desk
from hark311.contacts.call_queries import call_of_draft
from hark311.platform.languages import OWN_NAMES


def call_panel(draft_id: int, desk: Desk) -> dict[str, object] | None:
    """What the page of a call says of the telephone itself; None if it came otherwise."""
    call = call_of_draft(draft_id, desk.actor.jurisdiction_id)
    if call is None:
        return None
    return {
        "is_relay": call.is_relay,
        "is_over": call.ended_at is not None,
        "interpreter": OWN_NAMES.get(call.interpreter.lower(), call.interpreter),
        "languages": [(code, name) for code, name in spoken_here(desk).items()],
        "ring": call.ring,
        "after_code": call.after_code,
    }


def spoken_here(desk: Desk) -> dict[str, str]:
    """The languages of the city, code to own name."""
    return {
        str(one["code"]): str(one.get("name") or one["code"]) for one in desk.jurisdiction.languages
    }
