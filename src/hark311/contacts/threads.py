"""Names touches in mail, so that an answer finds its way back to the touch that it goes on with."""

import re

from hark311.access.links import LinkKind, opens, token_for
from hark311.contacts.models import Draft, Interaction
from hark311.domain.errors import NotFound

_NAMED = re.compile(r"(?:reply\+t|touch-)(\d{1,18})-([0-9a-f]{32})", re.IGNORECASE)


def name_of_touch(interaction_id: int) -> str:
    """The signed name of a touch; ``reply+t`` and ``touch-`` stand before it in mail."""
    return f"{interaction_id}-{token_for(LinkKind.TOUCH, interaction_id)}"


def touch_named_in(words: str) -> int | None:
    """The touch whose signed name stands in ``words``, if it was signed here."""
    for found in _NAMED.finditer(words):
        interaction_id = int(found[1])
        if opens(LinkKind.TOUCH, interaction_id, found[2].lower()):
            return interaction_id
    return None


def case_number_of(interaction_id: int, jurisdiction_id: int) -> str:
    """The case that a touch led to; "" if there is none."""
    rows = Interaction.objects.filter(pk=interaction_id, jurisdiction_id=jurisdiction_id)
    return rows.values_list("case_number", flat=True).first() or ""


def waiting_touch(interaction_id: int, jurisdiction_id: int) -> Interaction | None:
    """The touch, locked, if its draft still waits for somebody."""
    draft = (
        Draft.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(
            interaction=interaction_id,
            interaction__jurisdiction_id=jurisdiction_id,
            state__in=("open", "claimed"),
        )
        .first()
    )
    return draft.interaction if draft is not None else None


def touch_id_of(reference: str, jurisdiction_id: int) -> int:
    """The id of the touch with this reference. Raises NotFound."""
    rows = Interaction.objects.filter(reference=reference, jurisdiction_id=jurisdiction_id)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(what="touch")
    return found
