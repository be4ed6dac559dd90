"""Reads what was told on a call as a draft, and words the receipt for the ear."""

from typing import Any

from django.utils.translation import gettext as _

from hark311.cases.queries.reporter import case_id_of, case_view
from hark311.cases.wording import by_when, next_sentence, next_step_of
from hark311.channels.voice.booth import Booth
from hark311.channels.voice.records import Session
from hark311.channels.voice.saying import by_digits
from hark311.domain.conversation_records import Talk
from hark311.domain.draft import IntakeDraft
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.intake.conversing import content_of, draft_of
from hark311.platform import clock

CHANNEL = Channel.PHONE


def read(talk: Talk, session: Session, booth: Booth) -> IntakeDraft:
    """The report as every channel hands it over. Its key is the call and the report's place in it,
    so a provider's second try is the same report."""
    return draft_of(
        talk,
        jurisdiction_id=booth.jurisdiction.pk,
        channel=CHANNEL,
        source_key=f"{source_key(booth.conversation.key)}:{session.reports}",
        received_at=booth.received_at,
        sender=booth.call.caller,
        recorded=_("Told in a recording."),
    )


def content(talk: Talk, booth: Booth) -> dict[str, Any] | None:
    """What was told so far, as a draft in the inbox holds it; None if that is nothing."""
    return content_of(talk, sender=booth.call.caller, recorded=_("Told in a recording."))


def source_key(call: str) -> str:
    """What a call is known by."""
    return f"call:{call}"


def word(number: str, jurisdiction: Jurisdiction, language: str) -> str:
    """The receipt: the number digit by digit, then who has it and what happens next."""
    said = _("We have your report. Its number is %(number)s.") % {"number": by_digits(number)}
    return f"{said} {standing(number, jurisdiction, language)}".strip()


def standing(number: str, jurisdiction: Jurisdiction, language: str) -> str:
    """What happens next with a case, and by when. Who may hear it was checked before."""
    view = case_view(jurisdiction, case_id_of(jurisdiction, number))
    if view.public.service.is_sensitive:
        return in_language(view.public.service.next_step, language)
    zone = organisation_of(jurisdiction).zone
    step = next_step_of(view.public, zone, language, now=clock.now())
    return f"{next_sentence(step, zone)} {by_when(view.public, zone)}."
