"""Makes the mail of a notice from its event and from how the case stands when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hark311.cases.bodies import facts_of
from hark311.cases.models import Case, Follow, Promise, Question, Rating
from hark311.cases.queries.public import PublicCase, records_of
from hark311.cases.wording import by_when, in_readers_words, next_sentence, next_step_of, worded
from hark311.catalog.pack.pack_format import PLACEHOLDERS, NoticeKind
from hark311.domain.reply_line import reply_line
from hark311.domain.surveys import is_asked_at_closing
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Privacy, Standing
from hark311.government.queries import organisation_of
from hark311.notifications import addresses, wording
from hark311.notifications.audience import why_not
from hark311.notifications.kinds import Kind
from hark311.notifications.models import Notice
from hark311.platform.languages import direction

Facts = Mapping[str, str]


class NothingToTell(Exception):
    """There is no mail to send any more. reason: a code that ``queries`` words for staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it leaves. unsubscribe: the address that ends these messages.

    short: the same as a text message.
    """

    sender: str
    subject: str
    text: str
    html: str
    unsubscribe: str
    short: str = ""


def letter_of(notice: Notice, *, now: datetime) -> Letter:
    """The mail of a notice, in its reader's language.

    Raises NothingToTell if its event's words were erased, its question is closed, its case
    was taken back, the reader wants no mail any more or no longer follows.
    """
    reason = why_not(notice.person) if notice.channel == "email" else ""
    if reason:
        raise NothingToTell(reason)
    event_facts = _event_facts(notice)
    row = Case.objects.get(pk=notice.case_id)
    follow = None if notice.person_id == row.person_id else _follow_of(notice, row)
    if follow is None and row.standing != Standing.ACTIVE.value:
        raise NothingToTell("withdrawn")
    with translation.override(notice.language):
        facts = _facts_of(notice, row, event_facts, follow, now=now)
        if row.is_sensitive:
            return _discreet(notice, facts)
        return _worded(notice, facts, is_follower=follow is not None)


def _event_facts(notice: Notice) -> Mapping[str, Any]:
    """What the event says, less the words that a redaction covered."""
    body = getattr(notice.event, "body", None)
    facts: Mapping[str, Any] = body.payload["facts"] if body else facts_of(notice.event)
    if body is None and not facts:
        raise NothingToTell("erased")
    return facts


def _follow_of(notice: Notice, case: Case) -> Follow:
    rows = Follow.objects.filter(case=case, person=notice.person_id, to_at__isnull=True)
    follow = rows.order_by("id").first()
    if follow is None or case.privacy != Privacy.PUBLIC.value:
        raise NothingToTell("unfollowed")
    return follow


def _facts_of(
    notice: Notice,
    row: Case,
    event_facts: Mapping[str, Any],
    follow: Follow | None,
    *,
    now: datetime,
) -> Facts:
    """Everything that a template or a city's own text may say, worded."""
    government, language = notice.jurisdiction, notice.language
    case, zone = records_of(government, [row.pk])[row.pk], organisation_of(government).zone
    kind = EventKind(notice.event.kind)
    service = in_language(case.service.names, language)
    link = addresses.case_link(government, case.number, language, case_id=0 if follow else case.id)
    facts = {
        "city": in_language(government.names, language) or government.key,
        "number": case.number,
        "service": service,
        "department": in_language(case.department.names, language),
        "next_step": next_sentence(next_step_of(case, zone, language, now=now), zone),
        "by_when": by_when(case, zone),
        "link": link,
        "news": wording.news_of(kind, event_facts, service),
        "words": wording.words_of(kind, event_facts, language),
        "unfollow": addresses.unfollow_link(government, case.number, language, follow.pk)
        if follow
        else "",
        # A letter that is only shown to staff has no number yet.
        "stop": addresses.stop_link(government, notice.pk) if notice.pk else "",
    }
    return {**facts, **_MORE[Kind(notice.kind)](notice, case, event_facts, facts)}


def _opened(notice: Notice, case: PublicCase, _event: Mapping[str, Any], facts: Facts) -> Facts:
    promise = Promise.objects.filter(case=case.id, superseded_at__isnull=True).first()
    text = in_language(promise.text, notice.language) if promise else ""
    zone = organisation_of(notice.jurisdiction).zone
    due = wording.due_of(case, zone)
    return {"promise_text": text, "promise": text or facts["by_when"], "due": due}


def _question(notice: Notice, case: PublicCase, _event: Mapping[str, Any], facts: Facts) -> Facts:
    asked = Question.objects.filter(case=case.id, asked_at=notice.event.at).first()
    if asked is None or asked.state != "open":
        raise NothingToTell("question_closed")
    link = addresses.answer_link(notice.jurisdiction, case.number, notice.language, asked.pk)
    zone = organisation_of(notice.jurisdiction).zone
    return {
        "question": facts["words"],
        "answer_by": worded(asked.due_at, zone),
        # In a city's own text the link of a question is where it is answered.
        "case_link": facts["link"],
        "link": link,
    }


def _update(_notice: Notice, _case: PublicCase, _event: Mapping[str, Any], facts: Facts) -> Facts:
    return {"update": " ".join(part for part in (facts["news"], facts["words"]) if part)}


def _closed(notice: Notice, case: PublicCase, event: Mapping[str, Any], facts: Facts) -> Facts:
    settings = notice.jurisdiction.settings
    zone = organisation_of(notice.jurisdiction).zone
    outcome, phrase, detail = wording.closing_of(case, event, settings, notice.language, zone)
    words = in_readers_words(facts["words"], case, notice.language)
    parts = (phrase or f"{outcome}.", detail, words)
    unique = dict.fromkeys(part for part in parts if part)
    return {
        "outcome": outcome,
        "phrase": phrase,
        "words": "" if words == phrase else words,
        "detail": "" if detail == words else detail,
        "closing": " ".join(unique),
        "survey_link": _survey_link(notice, case, Outcome(event["outcome"]), facts),
        "dispute_link": "" if facts["unfollow"] else f"{facts['link']}#dispute",
        "dispute_by": wording.object_by(
            notice.event.at,
            Outcome(event["outcome"]),
            case,
            zone,
        ),
    }


def _survey_link(notice: Notice, case: PublicCase, outcome: Outcome, facts: Facts) -> str:
    """Two questions, for who reported it; "" to who follows, and where it is too soon to ask."""
    if facts["unfollow"] or not is_asked_at_closing(outcome):
        return ""
    return addresses.survey_link(notice.jurisdiction, case.number, notice.language, case.id)


def _survey(notice: Notice, case: PublicCase, _event: Mapping[str, Any], _facts: Facts) -> Facts:
    if case.closed_at is None or case.dispute_answer_by is not None:
        raise NothingToTell("answered")
    if Rating.objects.filter(case=case.id, at__gte=case.closed_at).exists():
        raise NothingToTell("answered")
    link = addresses.survey_link(notice.jurisdiction, case.number, notice.language, case.id)
    return {"survey_link": link, "was_planned": "yes" if case.outcome is Outcome.PLANNED else ""}


def _reopened(_notice: Notice, _case: PublicCase, _event: Mapping[str, Any], facts: Facts) -> Facts:
    return {"reason": facts["words"]}


def _answered(notice: Notice, _case: PublicCase, _event: Mapping[str, Any], facts: Facts) -> Facts:
    decision = wording.decision_of(EventKind(notice.event.kind))
    return {"decision": decision, "reason": facts["words"]}


_MORE = MappingProxyType(
    {
        Kind.OPENED: _opened,
        Kind.QUESTION: _question,
        Kind.UPDATE: _update,
        Kind.MOVED: _update,
        Kind.CLOSED: _closed,
        Kind.REOPENED: _reopened,
        Kind.DISPUTE_ANSWERED: _answered,
        Kind.SURVEY: _survey,
    }
)


def _worded(notice: Notice, facts: Facts, *, is_follower: bool) -> Letter:
    """Render the templates; a city's own words are written for reporters, so only they get them."""
    kind = Kind(notice.kind)
    worded_as = None if is_follower else kind.worded_as
    own = _own_words(notice, worded_as, facts) if worded_as else ("", "")
    headline = own[0] or wording.subject_of(kind, facts["number"], is_follower=is_follower)
    subject = headline if facts["number"] in headline else f"{headline} ({facts['number']})"
    context = {
        **facts,
        "headline": headline,
        "own_text": own[1],
        "language": notice.language,
        "direction": direction(notice.language),
        "is_follower": is_follower,
        "reply_line": reply_line(_("Write your answer above this line")),
    }
    name = f"notifications/{'own' if own[1] else kind.template}"
    text = render_to_string(f"{name}.txt", context)
    return Letter(
        sender=addresses.sender(facts["city"]),
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=render_to_string(f"{name}.html", context),
        unsubscribe=facts["stop"],
        short=_short(kind, headline, facts),
    )


def _short(kind: Kind, headline: str, facts: Facts) -> str:
    """As a text message: a question whole, since it can be answered by one; else where to read."""
    asked = facts.get("question", "") if kind is Kind.QUESTION else ""
    return " ".join(part for part in (headline, asked, facts["link"]) if part)


def _discreet(notice: Notice, facts: Facts) -> Letter:
    """The mail about a sensitive case: that there is news, and who to call. Nothing of what it is.

    Mail is read over shoulders and on shared devices, so not even a link opens the case.
    """
    headline = wording.discreet_subject(facts["number"])
    context = {
        "city": facts["city"],
        "number": facts["number"],
        "contact": notice.jurisdiction.contact or "311",
        "headline": headline,
        "language": notice.language,
        "direction": direction(notice.language),
    }
    return Letter(
        sender=addresses.sender(facts["city"]),
        subject=headline,
        text=render_to_string("notifications/discreet.txt", context).strip() + "\n",
        html=render_to_string("notifications/discreet.html", context),
        unsubscribe=facts["stop"],
        short=headline,
    )


def _own_words(notice: Notice, kind: NoticeKind, facts: Facts) -> tuple[str, str]:
    """The subject and text of the city's pack in exactly this language; "" where it has none."""
    message = notice.jurisdiction.settings.get("messages", {}).get(kind.value, {})
    known = {name: facts.get(name, "") for name in PLACEHOLDERS[kind]}
    subject = message.get("subjects", {}).get(notice.language, "")
    text = message.get("texts", {}).get(notice.language, "")
    return wording.filled(subject, known), wording.filled(text, known)
