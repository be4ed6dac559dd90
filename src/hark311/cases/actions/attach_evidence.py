"""Adds a photo as proof of work to an incident."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here
from hark311.cases.models import Attachment, Incident
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock, media


@transaction.atomic
def attach_evidence(incident_id: int, content: bytes, *, actor: Actor) -> Attachment:
    """Keep a photo of the work; nothing of where and with what it was taken stays in it.

    It makes no colleague's form stale, and is not public.

    Raises NotFound, NotAllowed, BadMedia, DoesNotApply(reason="merged").
    """
    incident = lock_incident(incident_id, actor)
    require_here(actor, Permission.WORK, incident)
    if incident.merged_into_id is not None:
        raise DoesNotApply(reason="merged")
    picture = media.cleaned_picture(content)
    key = media.save(picture.content, picture.content_type)
    return attach_locked(incident, key, actor=actor, at=clock.now())


def attach_locked(incident: Incident, key: str, *, actor: Actor, at: datetime) -> Attachment:
    """The same for a picture that is kept already, on an incident whose lock is held."""
    content = media.read(key)
    photo = Attachment(
        jurisdiction_id=incident.jurisdiction_id,
        incident=incident,
        kind="photo",
        storage_key=key,
        content_type=media.content_type_of(key),
        size=len(content),
        digest=sha256(content).hexdigest(),
        is_evidence=True,
        created_at=at,
    )
    record(
        incident,
        EventKind.EVIDENCE_ATTACHED,
        actor=actor,
        at=at,
        facts={"digest": photo.digest},
        rows=[photo],
        visibility=Visibility.STAFF,
    )
    return photo
