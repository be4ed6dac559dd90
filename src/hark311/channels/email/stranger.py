"""What nobody is proved to say about a case: a draft in the one inbox, and an answer to it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hark311.catalog.queries import active_services
from hark311.catalog.suggesting import suggest_services
from hark311.channels.email import adapter
from hark311.channels.email.files import Came
from hark311.channels.email.incoming import Incoming
from hark311.channels.email.letters import acknowledge
from hark311.contacts import actions as contacts
from hark311.contacts.drafts import begin_draft
from hark311.domain.draft import IntakeDraft, Receipt
from hark311.domain.errors import KeyReused
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.intake.sure_place import sure_place
from hark311.language.readers import hazard_of
from hark311.places.search import Found
from hark311.platform import media

# A place stands in one of the first lines, if anywhere, and on one of this length.
_LINES, _LONGEST_LINE = 12, 160
# So many signs are read for their meaning.
_TELLING = 2000


def keep_for_inbox(incoming: Incoming, came: Came, *, cut_off: bool) -> str:
    """Let a mail wait for an agent, with a service and a place suggested, and answer it once."""
    draft = _suggested(incoming)
    touch = _touch(incoming, draft)
    content = adapter.content_of(
        draft,
        attachments=list(came.keys),
        notes="\n".join(_notes(incoming, came, cut_off=cut_off)),
    )
    try:
        kept = _keep(incoming, touch, content)
    except KeyReused:
        # The same id on another mail: both are kept.
        anew = replace(touch, source_key=f"mail:{incoming.mail.digest}")
        kept = _keep(incoming, anew, content)
    if kept is None:
        return "repeat"
    for key in came.keys:
        media.settle(key)
    touch_id, reference = kept
    receipt = Receipt(
        number=reference,
        language=incoming.language,
        hazard=hazard_of(draft.description, incoming.language),
    )
    if not incoming.mail.is_forged(settings.MAIL_AUTHORITY):
        acknowledge(incoming.mail, receipt, touch_id, incoming.jurisdiction)
    return "draft"


@transaction.atomic
def keep_unreadable(raw: bytes, original: str, jurisdiction: Jurisdiction, *, at: datetime) -> str:
    """Tell the inbox of a mail that cannot be read; as it came, it is kept."""
    touch = contacts.Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=Channel.EMAIL,
        kind=InteractionKind.REQUEST,
        language="en",
        at=at.astimezone(ZoneInfo(jurisdiction.zone)),
        source_key=f"mail:{sha256(raw).hexdigest()}",
        body_digest=sha256(raw).hexdigest(),
    )
    opened = contacts.open_interaction(touch)
    if not opened.is_repeat:
        text = _("A mail came that could not be read. It is kept as it came.")
        contacts.add_message(opened.interaction, text, at=touch.at, original_key=original)
    return "unreadable"


@transaction.atomic
def _keep(
    incoming: Incoming, touch: contacts.Touch, content: Mapping[str, Any]
) -> tuple[int, str] | None:
    """The id and reference of the new touch; None if the same mail waits already."""
    draft = begin_draft(touch, content)
    interaction = draft.interaction
    if interaction.messages.exists():
        return None
    contacts.add_message(
        interaction,
        str(content["description"]),
        at=incoming.at,
        original_key=incoming.original,
    )
    return interaction.pk, interaction.reference


def _touch(incoming: Incoming, draft: IntakeDraft) -> contacts.Touch:
    said = f"{incoming.mail.sender}\n{incoming.mail.subject}\n{incoming.mail.text}"
    return contacts.Touch(
        jurisdiction_id=draft.jurisdiction_id,
        channel=draft.channel,
        kind=draft.kind,
        language=draft.language,
        at=incoming.at,
        source_key=draft.source_key,
        body_digest=sha256(said.encode()).hexdigest(),
    )


def _suggested(incoming: Incoming) -> IntakeDraft:
    """The mail as a draft, with the service that it sounds like and the place it surely names."""
    draft = adapter.read(
        incoming.mail,
        incoming.text,
        jurisdiction_id=incoming.jurisdiction.pk,
        language=incoming.language,
        received_at=incoming.at,
    )
    found_place = _place_in(draft.description, incoming.jurisdiction)
    return replace(
        draft,
        service_code=_service_of(draft, incoming.jurisdiction),
        address_text=found_place.label if found_place else "",
        point=Point(found_place.lon, found_place.lat) if found_place else None,
    )


def _service_of(draft: IntakeDraft, jurisdiction: Jurisdiction) -> str:
    """The service that the words mean, as learned, else as the catalog says it; "" for none."""
    found = suggest_services(
        active_services(jurisdiction),
        draft.description[:_TELLING],
        draft.language,
        city=jurisdiction.key,
        at_most=1,
    )
    return found[0].code if found else ""


def _place_in(text: str, jurisdiction: Jurisdiction) -> Found | None:
    for line in text.split("\n")[:_LINES]:
        found = sure_place(jurisdiction, line) if 0 < len(line) <= _LONGEST_LINE else None
        if found is not None:
            return found
    return None


def _notes(incoming: Incoming, came: Came, *, cut_off: bool) -> Iterator[str]:
    """What an agent should know of the mail beside its words."""
    if incoming.thread.number:
        yield _("It names case %(number)s.") % {"number": incoming.thread.number}
    if came.left:
        yield _("It came with: %(files)s") % {"files": ", ".join(came.left)}
    if cut_off:
        yield _("It was over 40 MB. It lies in the mailbox, in the folder for what is too large.")
