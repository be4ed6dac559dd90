"""Takes everything more about a case, once, from whoever may speak for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

from django.db import transaction

from hark311.access.links import LinkKind, opens, token_for
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.take_status import take_status
from hark311.cases.actions.unfollow_incident import unfollow
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.queries.reporter import SpeakingFor, speaking_for
from hark311.contacts import actions as contacts
from hark311.contacts.models import Interaction
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import Contact, Hazard, Receipt, ReplyDraft, ReplyKind
from hark311.domain.errors import DoesNotApply, LinkExpired, MissingText, NotAllowed, NotFound
from hark311.domain.vocabulary import HazardLevel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.intake.cleaning import clean_text
from hark311.intake.danger import danger_in
from hark311.people.actions import normal_phone, note_person

_INTERACTION: Mapping[ReplyKind, InteractionKind] = MappingProxyType(
    {
        ReplyKind.DISPUTE: InteractionKind.FEEDBACK,
        ReplyKind.RATE: InteractionKind.FEEDBACK,
        ReplyKind.FOLLOW: InteractionKind.STATUS_CHECK,
        ReplyKind.UNFOLLOW: InteractionKind.STATUS_CHECK,
    }
)


@transaction.atomic
def reply(draft: ReplyDraft, case_id: int, *, actor: Actor) -> Receipt:
    """Take what somebody says about a case, and return a receipt once it is durable.

    Who may speak: the holder of a case's, question's or survey's link, an account or person that
    the actor is proved to be, the e-mail or telephone the case was given with, staff, and for a
    status a key. Anybody may follow a public case.

    Raises NotFound (also for a private or sensitive case to strangers), LinkExpired,
    NotAllowed, KeyReused, TextTooLong, and what the action itself refuses.
    """
    draft = replace(draft, text=clean_text(draft.text))
    target = speaking_for(draft.jurisdiction_id, case_id)
    opened = contacts.open_interaction(_touch(draft, target))
    kept: Mapping[str, object] = opened.interaction.receipt or {}
    hazard = danger_in(draft.text, draft.language, draft.channel, actor=actor)
    if not opened.is_repeat:
        # Only now: the link of a question closes with its answer, and a repeat must not fail.
        _require_voice(draft, target, actor)
        kept = {"follow_id": _HANDLERS[draft.kind](draft, target, actor)}
        _log(draft, target, opened.interaction, kept, hazard)
    return Receipt(
        number=target.number,
        case_id=target.case_id,
        incident_id=target.incident_id,
        language=draft.language,
        is_repeat=opened.is_repeat,
        hazard=hazard,
        token=_follow_token(kept),
        interaction_reference=opened.interaction.reference,
    )


def _touch(draft: ReplyDraft, target: SpeakingFor) -> contacts.Touch:
    return contacts.Touch(
        jurisdiction_id=draft.jurisdiction_id,
        channel=draft.channel,
        kind=_INTERACTION.get(draft.kind, InteractionKind.REQUEST),
        language=draft.language,
        at=draft.received_at,
        source_key=draft.source_key,
        body_digest=reply_digest(draft, target.case_id),
    )


def _log(
    draft: ReplyDraft,
    target: SpeakingFor,
    interaction: Interaction,
    kept: Mapping[str, object],
    hazard: Hazard,
) -> None:
    """Keep the words and the receipt; danger and free words wait for a person in the inbox."""
    is_danger = hazard.level is not HazardLevel.NONE
    contacts.add_message(
        interaction,
        draft.text,
        at=draft.received_at,
        media_urls=draft.media_urls,
        handled_at=None if is_danger or draft.kind is ReplyKind.WORDS else draft.received_at,
        original_key=draft.original,
    )
    contacts.end_interaction(
        interaction,
        at=draft.received_at,
        case_number=target.number,
        outcome=draft.kind.value,
        receipt=kept,
    )


def reply_digest(draft: ReplyDraft, case_id: int) -> str:
    """Tells a repeat from something else; the same words about another case are no repeat."""
    return sha256(f"{case_id}:{draft.body_digest()}".encode()).hexdigest()


def _require_voice(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    if draft.kind is ReplyKind.STATUS:
        if actor.kind not in {ActorKind.KEY, ActorKind.STAFF}:
            raise NotAllowed(kind=draft.kind.value)
        return
    if draft.kind is ReplyKind.FOLLOW and target.is_public:
        return
    if draft.kind is ReplyKind.UNFOLLOW:
        return
    if speaks_for(draft, target, actor):
        return
    if draft.token:
        raise LinkExpired(kind="case")
    raise NotAllowed(kind=draft.kind.value) if target.is_public else NotFound(what="case")


def speaks_for(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> bool:
    """True if whoever sent the draft is proved to be the holder of the case, or is staff."""
    if actor.kind is ActorKind.STAFF:
        return not target.is_sensitive or actor.case_id == target.case_id
    proofs = (
        actor.case_id == target.case_id,
        actor.account_id is not None and actor.account_id == target.account_id,
        actor.person_id is not None and actor.person_id == target.person_id,
        bool(draft.token) and opens(LinkKind.CASE, target.case_id, draft.token),
        bool(draft.token)
        and target.open_question_id is not None
        and draft.kind is ReplyKind.ANSWER
        and opens(LinkKind.QUESTION, target.open_question_id, draft.token),
        bool(draft.token)
        and draft.kind is ReplyKind.RATE
        and opens(LinkKind.SURVEY, target.case_id, draft.token),
        bool(draft.email) and draft.email.strip().lower() == target.email,
        bool(draft.phone) and normal_phone(draft.phone) == target.phone,
    )
    return any(proofs)


def _words(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    if not draft.text and not draft.media_urls and not draft.attachments:
        raise MissingText(field="text")
    add_words(target.case_id, draft.text, draft.media_urls, actor=actor, pictures=draft.attachments)


def _answer(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    if target.open_question_id is None:
        raise DoesNotApply(reason="no_open_question")
    answer_question(target.open_question_id, draft.text, actor=actor)


def _dispute(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    request_dispute(target.case_id, draft.text, actor=actor)


def _withdraw(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    withdraw_case(target.case_id, actor=actor)


def _rate(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    rate_case(target.case_id, draft.rating, draft.text, actor=actor, is_fixed=draft.is_fixed)


def _follow(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> int:
    person = note_person(
        Contact(email=draft.email, phone=draft.phone),
        Jurisdiction.objects.get(pk=draft.jurisdiction_id),
        language=draft.language,
        at=draft.received_at,
        account_id=actor.account_id,
    )
    if person is None:
        raise MissingText(field="email")
    return follow_incident(target.case_id, person.pk, actor=actor).pk


def _unfollow(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    for follow_id in target.follow_ids:
        if opens(LinkKind.FOLLOW, follow_id, draft.token):
            unfollow(follow_id, actor=actor)
            return
    raise LinkExpired(kind="follow")


def _status(draft: ReplyDraft, target: SpeakingFor, actor: Actor) -> None:
    take_status(target.case_id, draft.status, draft.text, actor=actor, pictures=draft.attachments)


def _follow_token(kept: Mapping[str, object] | None) -> str:
    follow_id = (kept or {}).get("follow_id")
    return token_for(LinkKind.FOLLOW, follow_id) if isinstance(follow_id, int) else ""


_HANDLERS: Mapping[ReplyKind, Callable[[ReplyDraft, SpeakingFor, Actor], int | None]] = (
    MappingProxyType(
        {
            ReplyKind.WORDS: _words,
            ReplyKind.ANSWER: _answer,
            ReplyKind.DISPUTE: _dispute,
            ReplyKind.WITHDRAW: _withdraw,
            ReplyKind.FOLLOW: _follow,
            ReplyKind.UNFOLLOW: _unfollow,
            ReplyKind.RATE: _rate,
            ReplyKind.STATUS: _status,
        }
    )
)
