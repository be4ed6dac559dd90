"""Takes a mail: whose it is, what it goes on with, and where it waits if nobody can tell."""

from dataclasses import replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from hark311.cases.queries.reporter import case_id_of
from hark311.channels.email import adapter
from hark311.channels.email.answers import own_words
from hark311.channels.email.bounces import bounce_of
from hark311.channels.email.files import Came, kept_pictures
from hark311.channels.email.incoming import Incoming
from hark311.channels.email.letters import acknowledge
from hark311.channels.email.mail import Mail, parsed, read_mail
from hark311.channels.email.stranger import keep_for_inbox, keep_unreadable
from hark311.channels.email.threads import Thread, thread_of
from hark311.contacts import actions as contacts
from hark311.contacts.threads import case_number_of, touch_id_of, waiting_touch
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import Receipt, ReplyDraft, ReplyKind
from hark311.domain.errors import (
    Conflict,
    DoesNotApply,
    NotAllowed,
    NotFound,
    RuleBroken,
    UnreadablePayload,
)
from hark311.domain.vocabulary import InteractionKind
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_for_host
from hark311.intake.notices import had_by as notice_named_in
from hark311.intake.notices import note_bounce, speaker
from hark311.intake.reply import reply
from hark311.language.identify import language_of
from hark311.platform import clock, log, media
from hark311.platform.mailbox import TEST_HEADER
from hark311.platform.sender import own_address

# So many signs tell the language.
_TELLING = 1000

_log = log.get(__name__)


def take(raw: bytes, *, cut_off: bool = False) -> str:
    """Take a mail once, and return what became of it; the same mail again changes nothing.

    It is kept as it came before anything is read of it. cut_off: only its head is there, as it
    was too large.

    Raises what a database or a disk that is away raises: the mail must be handed over again.
    """
    original = media.save_once(raw, "message/rfc822")
    try:
        message = parsed(raw)
        mail = read_mail(message, raw)
    except UnreadablePayload:
        became = keep_unreadable(raw, original, jurisdiction_for_host(""), at=clock.now())
        media.settle(original)
        return _told(became)
    if message.get(TEST_HEADER) or mail.sender == own_address().lower():
        return _told("own")
    bounce = bounce_of(message, raw)
    if bounce is not None:
        notice = notice_named_in(bounce.about)
        if notice is not None and bounce.is_final:
            note_bounce(notice.notice_id, bounce.status)
        return _told("bounce")
    became = _taken(mail, original, cut_off=cut_off)
    media.settle(original)
    return _told(became)


def _taken(mail: Mail, original: str, *, cut_off: bool) -> str:
    jurisdiction = _jurisdiction_of(mail)
    thread = thread_of(mail, jurisdiction)
    if thread.notice is not None:
        jurisdiction = Jurisdiction.objects.get(pk=thread.notice.jurisdiction_id)
    language = _language_of(mail, thread, jurisdiction)
    incoming = Incoming(
        mail=mail,
        thread=thread,
        jurisdiction=jurisdiction,
        language=language,
        text=own_words(mail.text, language),
        original=original,
        at=clock.now().astimezone(ZoneInfo(jurisdiction.zone)),
    )
    if mail.is_absence:
        return _log_absence(incoming)
    came = kept_pictures(mail.files)
    if thread.touch_id is not None:
        became = _go_on(incoming, came, thread.touch_id)
    else:
        became = _say(incoming, came, thread.case_id) if thread.case_id else ""
    return became or keep_for_inbox(incoming, came, cut_off=cut_off)


def _say(incoming: Incoming, came: Came, case_id: int) -> str:
    """Hand the words to the one way in; "" if the sender may not speak for the case."""
    notice = incoming.thread.notice
    actor = (
        speaker(notice)
        if notice is not None
        else Actor(kind=ActorKind.RESIDENT, jurisdiction_id=incoming.jurisdiction.pk)
    )
    is_answer = notice is not None and notice.is_question and bool(incoming.text)
    kinds = (ReplyKind.ANSWER, ReplyKind.WORDS) if is_answer else (ReplyKind.WORDS,)
    for kind in kinds:
        try:
            receipt = reply(_draft(incoming, came, kind), case_id, actor=actor)
            if kind is ReplyKind.ANSWER and came.keys:
                pictures = replace(_draft(incoming, came, ReplyKind.WORDS), text="")
                reply(pictures, case_id, actor=actor)
        except DoesNotApply:
            continue
        except (NotAllowed, NotFound, RuleBroken, Conflict):
            return ""
        _warn(incoming, receipt)
        return kind.value
    return ""


def _draft(incoming: Incoming, came: Came, kind: ReplyKind) -> ReplyDraft:
    draft = adapter.read_reply(
        incoming.mail,
        incoming.text,
        kind,
        jurisdiction_id=incoming.jurisdiction.pk,
        language=incoming.language,
        received_at=incoming.at,
        pictures=came.keys if kind is ReplyKind.WORDS else (),
        original=incoming.original,
    )
    is_forged = incoming.mail.is_forged(settings.MAIL_AUTHORITY)
    return replace(draft, email="") if is_forged else draft


def _warn(incoming: Incoming, receipt: Receipt) -> None:
    """Only danger is answered at once: the case itself answers everything else."""
    if receipt.hazard is None or not receipt.hazard.line or receipt.is_repeat:
        return
    touch = touch_id_of(receipt.interaction_reference, incoming.jurisdiction.pk)
    acknowledge(incoming.mail, receipt, touch, incoming.jurisdiction)


@transaction.atomic
def _go_on(incoming: Incoming, came: Came, touch_id: int) -> str:
    """Add to a mail that waits in the inbox, or to the case that it led to; "" if to neither."""
    number = case_number_of(touch_id, incoming.jurisdiction.pk)
    if number:
        return _say(incoming, came, case_id_of(incoming.jurisdiction, number))
    interaction = waiting_touch(touch_id, incoming.jurisdiction.pk)
    if interaction is None:
        return ""
    if not interaction.messages.filter(original_key=incoming.original).exists():
        contacts.add_message(
            interaction, incoming.text, at=incoming.at, original_key=incoming.original
        )
    return "added"


@transaction.atomic
def _log_absence(incoming: Incoming) -> str:
    """Log what a machine answered by itself; nobody has to see to it, and it is not answered."""
    mail = incoming.mail
    opened = contacts.open_interaction(
        contacts.Touch(
            jurisdiction_id=incoming.jurisdiction.pk,
            channel=adapter.CHANNEL,
            kind=InteractionKind.INQUIRY,
            language=incoming.language,
            at=incoming.at,
            source_key=f"mail:{mail.digest}",
            body_digest=sha256(mail.text.encode()).hexdigest(),
        )
    )
    if not opened.is_repeat:
        contacts.add_message(
            opened.interaction,
            incoming.text[: adapter.LONGEST_TEXT],
            at=incoming.at,
            handled_at=incoming.at,
            original_key=incoming.original,
        )
        contacts.end_interaction(
            opened.interaction,
            at=incoming.at,
            case_number=incoming.thread.number,
            outcome="auto_reply",
            receipt=None,
        )
    return "absence"


def _jurisdiction_of(mail: Mail) -> Jurisdiction:
    """The one whose host stands behind the @ of an address that was written to, else the first."""
    rows = {host: row for row in Jurisdiction.objects.all() for host in row.hosts}
    for words in mail.sent_to:
        for part in words.lower().split("@")[1:]:
            found = rows.get(part.strip(" <>,;\"'").split(">")[0].split(",")[0])
            if found is not None:
                return found
    return jurisdiction_for_host("")


def _language_of(mail: Mail, thread: Thread, jurisdiction: Jurisdiction) -> str:
    """That of what is answered, else that of the words; a hint in the mail helps with few words."""
    if thread.notice is not None:
        return thread.notice.language
    spoken = [str(one["code"]) for one in jurisdiction.languages]
    words = own_words(mail.text, mail.language)[:_TELLING]
    hint = next((code for code in (mail.language, *spoken) if code in spoken), "")
    found = language_of(f"{mail.subject}\n{words}", hint).main
    return found if found in spoken else next(iter(spoken), "en")


def _told(became: str) -> str:
    _log.info("mail_taken", became=became)
    return became
