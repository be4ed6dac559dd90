"""Adds a photo as proof of work to an incident."""

from hashlib import sha256

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here
from hark311.cases.models import Attachment
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
    clean, content_type = media.cleaned_picture(content)
    now = clock.now()
    photo = Attachment(
        jurisdiction_id=incident.jurisdiction_id,
        incident=incident,
        kind="photo",
        storage_key=media.save(clean, content_type),
        content_type=content_type,
        size=len(clean),
        digest=sha256(clean).hexdigest(),
        is_evidence=True,
        created_at=now,
    )
    record(
        incident,
        EventKind.EVIDENCE_ATTACHED,
        actor=actor,
        at=now,
        facts={"digest": photo.digest},
        rows=[photo],
        visibility=Visibility.STAFF,
    )
    return photo
