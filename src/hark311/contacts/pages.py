"""Keeps the pages of faxes beside their touch, for staff alone."""

from collections.abc import Sequence
from datetime import datetime

from hark311.contacts.models import IncomingFile, Interaction
from hark311.domain.errors import NotFound
from hark311.platform import media

_KIND, _KEPT = "page", "kept"


def keep_pages(interaction: Interaction, pages: Sequence[bytes], *, at: datetime) -> None:
    """Keep the pictures of pages, in order."""
    keys = [media.save_once(page, "image/png") for page in pages]
    IncomingFile.objects.bulk_create(
        IncomingFile(
            interaction=interaction,
            kind=_KIND,
            storage_key=key,
            content_type="image/png",
            state=_KEPT,
            created_at=at,
        )
        for key in keys
    )
    for key in keys:
        media.settle(key)


def pages_of_draft(draft_id: int, jurisdiction_id: int) -> tuple[int, ...]:
    """The ids of the pages that came with a draft, in order; one statement."""
    rows = IncomingFile.objects.filter(
        interaction__draft=draft_id, interaction__jurisdiction=jurisdiction_id, kind=_KIND
    )
    return tuple(rows.order_by("id").values_list("id", flat=True))


def page_picture(file_id: int, jurisdiction_id: int) -> tuple[bytes, str]:
    """A page as PNG, and the case that its touch led to. Raises NotFound."""
    row = (
        IncomingFile.objects.filter(
            pk=file_id, kind=_KIND, interaction__jurisdiction=jurisdiction_id
        )
        .select_related("interaction")
        .first()
    )
    if row is None or not media.exists(row.storage_key):
        raise NotFound(what="page")
    return media.read(row.storage_key), row.interaction.case_number
