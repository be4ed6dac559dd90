"""Where the bytes of a picture lie, for staff who may know of what it belongs to."""

from dataclasses import dataclass

from django.db.models import Q

from hark311.cases.models import Attachment
from hark311.cases.queries.staff_known import known_to
from hark311.domain.actor import Actor
from hark311.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class StoredPicture:
    key: str
    content_type: str


def stored_picture(attachment_id: int, actor: Actor) -> StoredPicture:
    """Raises NotFound, also where the incident is unknown to the actor."""
    of_known = known_to(actor, "incident__") | known_to(actor, "case__incident__")
    row = Attachment.objects.filter(Q(pk=attachment_id) & of_known).first()
    if row is None:
        raise NotFound(what="picture")
    return StoredPicture(row.storage_key, row.content_type)
