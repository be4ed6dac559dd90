"""Words a notice in the language that is active: what its templates and a city's own text say."""

from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.cases.queries.public import PublicCase
from hark311.cases.translated import said_in
from hark311.cases.wording import by_when, event_sentence, outcome_label, worded
from hark311.domain.closing import last_day_to_dispute
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome
from hark311.notifications.kinds import Kind

SUBJECTS: Mapping[Kind, LazyText] = MappingProxyType(
    {
        Kind.OPENED: gettext_lazy("We have your report: %(number)s"),
        Kind.QUESTION: gettext_lazy("We have a question: %(number)s"),
        Kind.UPDATE: gettext_lazy("News about your report: %(number)s"),
        Kind.MOVED: gettext_lazy("News about your report: %(number)s"),
        Kind.CLOSED: gettext_lazy("Your report is closed: %(number)s"),
        Kind.REOPENED: gettext_lazy("Your report is open again: %(number)s"),
        Kind.SURVEY: gettext_lazy("Is it fixed? %(number)s"),
        Kind.DISPUTE_ANSWERED: gettext_lazy("Our answer to you: %(number)s"),
    }
)
FOLLOWER_SUBJECTS: Mapping[Kind, LazyText] = MappingProxyType(
    {
        Kind.UPDATE: gettext_lazy("News about a report you follow: %(number)s"),
        Kind.MOVED: gettext_lazy("News about a report you follow: %(number)s"),
        Kind.CLOSED: gettext_lazy("A report you follow is closed: %(number)s"),
        Kind.REOPENED: gettext_lazy("A report you follow is open again: %(number)s"),
    }
)
_DECISIONS: Mapping[EventKind, LazyText] = MappingProxyType(
    {
        EventKind.DISPUTE_UPHELD: gettext_lazy(
            "A supervisor looked again and agrees with you. The work goes on."
        ),
        EventKind.DISPUTE_DECLINED: gettext_lazy(
            "A supervisor looked again. The closing stands as it is."
        ),
    }
)


def subject_of(kind: Kind, number: str, *, is_follower: bool) -> str:
    """The first line of the mail and of its page."""
    texts = FOLLOWER_SUBJECTS if is_follower else SUBJECTS
    return str(texts[kind]) % {"number": number}


def discreet_subject(number: str) -> str:
    """The first line of every mail about a sensitive case, whatever it is about."""
    return _("There is news about your case: %(number)s") % {"number": number}


def news_of(kind: EventKind, facts: Mapping[str, Any], service_name: str) -> str:
    """What happened, as one sentence for somebody whose case it is or who follows it."""
    if kind is EventKind.EXPECTED_SET and not facts.get("expected_on"):
        return _("The department took its date back.")
    if kind is EventKind.SERVICE_CHANGED:
        return _("It was filed under another service: %(service)s.") % {"service": service_name}
    if kind is EventKind.SPLIT_FROM:
        return event_sentence(EventKind.SPLIT_OFF)
    return event_sentence(kind)


def words_of(kind: EventKind, facts: Mapping[str, Any], language: str) -> str:
    """The words of staff in an event, in ``language`` if they are, else as written; else ""."""
    name = "note" if kind is EventKind.WAITED else "text"
    return said_in(facts, language, name=name).strip()


def decision_of(kind: EventKind) -> str:
    """How a dispute was answered, as a sentence; "" for all other events."""
    return str(_DECISIONS.get(kind, ""))


def closing_of(
    case: PublicCase,
    facts: Mapping[str, Any],
    settings: Mapping[str, Any],
    language: str,
    zone: ZoneInfo,
) -> tuple[str, str, str]:
    """The outcome's label, the service's phrase for it, and what the outcome needs to say.

    settings: of the jurisdiction.
    """
    outcome = Outcome(facts["outcome"])
    phrase = in_language(case.service.closing_texts.get(outcome, {}), language)
    label = outcome_label(outcome, settings, language)
    detail = str(facts.get("detail") or "").strip()
    if facts.get("expected_on"):
        day = worded(date.fromisoformat(str(facts["expected_on"])), zone)
        detail = " ".join([_("It is planned for %(day)s.") % {"day": day}, detail]).strip()
    return label, phrase, detail


def due_of(case: PublicCase, zone: ZoneInfo) -> str:
    """The date, or the phrase that says why there is none."""
    day = case.expected_on or case.due_at
    return worded(day, zone) if day and not case.is_paused else by_when(case, zone)


def object_by(closed_at: datetime, outcome: Outcome, case: PublicCase, zone: ZoneInfo) -> str:
    """The last day on which this closing may be disputed."""
    closed_on = closed_at.astimezone(zone).date()
    return worded(last_day_to_dispute(closed_on, outcome, case.expected_on), zone)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """A city's text with its placeholders filled; blanks that an empty one leaves are closed."""
    parts = [
        literal + (facts.get(name, "") if name else "")
        for literal, name, _spec, _conversion in Formatter().parse(text)
    ]
    return "\n".join(" ".join(line.split()) for line in "".join(parts).splitlines()).strip()
