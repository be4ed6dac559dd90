"""Texts about cases that exist: how one stands, more words about one, the answer to a question."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.cases.queries.reporter import (
    SpeakingFor,
    case_id_of,
    case_view,
    open_question_for,
    speaking_for,
)
from hark311.cases.wording import by_when, next_sentence, next_step_of
from hark311.channels.sms import adapter
from hark311.channels.sms.payload import Text
from hark311.contacts.actions import Touch, end_interaction, open_interaction
from hark311.contacts.conversations import log_words
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import ReplyKind
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import number_in
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.intake.reply import reply
from hark311.language.identify import language_of
from hark311.platform import clock
from hark311.platform.languages import written_language

_LETTERS = re.compile(r"[^\W\d_]")
# More letters than this beside a number are words about the case.
_FEW = 12


def answer(text: Text, jurisdiction: Jurisdiction, *, sender: str, is_talking: bool) -> str | None:
    """What to write back if the message is about a case that exists, else None."""
    number = _number(text.words)
    if number:
        return _about(number, text, jurisdiction, sender)
    if is_talking:
        return None
    asked = open_question_for(jurisdiction.pk, sender)
    return _answered(asked, text, jurisdiction, sender) if asked and text.words else None


def _about(number: str, text: Text, jurisdiction: Jurisdiction, sender: str) -> str:
    language = written_language(language_of(text.words, "").main)
    with override(language):
        try:
            found = speaking_for(jurisdiction.pk, case_id_of(jurisdiction, number))
        except NotFound:
            return _unknown(number)
        is_theirs = bool(found.phone) and found.phone == sender
        if found.is_sensitive or not (found.is_public or is_theirs):
            return _unknown(number)
        if is_theirs and len(_LETTERS.findall(text.words)) > _FEW:
            return _added(found, text, jurisdiction, sender, language)
        return _standing(found, text, jurisdiction, language)


def _standing(found: SpeakingFor, text: Text, jurisdiction: Jurisdiction, language: str) -> str:
    view = case_view(jurisdiction, found.case_id)
    zone = organisation_of(jurisdiction).zone
    step = next_step_of(view.public, zone, language, now=clock.now())
    name = in_language(view.public.service.names, language)
    said = f"{found.number} {name}: {next_sentence(step, zone)} {by_when(view.public, zone)}."
    at = clock.now().astimezone(zone)
    touch = Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=Channel.SMS,
        kind=InteractionKind.STATUS_CHECK,
        language=language,
        at=at,
        source_key=f"text:{text.key}",
    )
    opened = open_interaction(touch)
    if not opened.is_repeat:
        log_words(opened.interaction, text.words, at=at, is_inbound=True)
        end_interaction(
            opened.interaction,
            at=at,
            case_number=found.number,
            outcome="answered",
            receipt=None,
        )
    return said


def _added(
    found: SpeakingFor, text: Text, jurisdiction: Jurisdiction, sender: str, language: str
) -> str:
    draft = adapter.read_reply(
        ReplyKind.WORDS,
        text.words,
        jurisdiction_id=jurisdiction.pk,
        key=text.key,
        sender=sender,
        language=language,
        received_at=clock.now(),
    )
    reply(draft, found.case_id, actor=_resident(jurisdiction))
    return _("Thank you. We added your words to %(number)s.") % {"number": found.number}


def _answered(
    asked: tuple[int, str, str], text: Text, jurisdiction: Jurisdiction, sender: str
) -> str:
    case_id, number, language = asked
    draft = adapter.read_reply(
        ReplyKind.ANSWER,
        text.words,
        jurisdiction_id=jurisdiction.pk,
        key=text.key,
        sender=sender,
        language=language,
        received_at=clock.now(),
    )
    reply(draft, case_id, actor=_resident(jurisdiction))
    with override(written_language(language)):
        return _("Thank you. Your answer is with %(number)s.") % {"number": number}


def _number(words: str) -> str:
    try:
        return number_in(words)
    except BadNumber:
        return ""


def _unknown(number: str) -> str:
    return _("We have no case %(number)s that we may write about to this number.") % {
        "number": number
    }


def _resident(jurisdiction: Jurisdiction) -> Actor:
    return Actor(kind=ActorKind.RESIDENT, jurisdiction_id=jurisdiction.pk)
