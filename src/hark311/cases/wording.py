"""Turns facts about a case into sentences, in the language that is active.

*What happens next* is a sentence made from state, queue, promise and the service's own
text; a label of the state is never the answer.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from hark311.cases.days import day_words, moment_words
from hark311.cases.queries.public import PublicCase
from hark311.domain.lifecycle import State
from hark311.domain.next_steps import NextStep, NextStepCode, next_step
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Standing

_STATES: Mapping[State, LazyText] = MappingProxyType(
    {
        State.RECEIVED: gettext_lazy("Received"),
        State.ACKNOWLEDGED: gettext_lazy("Seen by the department"),
        State.IN_PROGRESS: gettext_lazy("In progress"),
        State.WAITING: gettext_lazy("Waiting"),
        State.CLOSED: gettext_lazy("Closed"),
    }
)
_OUTCOMES: Mapping[Outcome, LazyText] = MappingProxyType(
    {
        Outcome.FIXED: gettext_lazy("Fixed"),
        Outcome.NO_PROBLEM_FOUND: gettext_lazy("No problem found"),
        Outcome.NOT_OURS: gettext_lazy("Someone else is responsible"),
        Outcome.CANNOT_ACT: gettext_lazy("We cannot do this"),
        Outcome.PLANNED: gettext_lazy("Planned for later"),
        Outcome.INFORMATION_GIVEN: gettext_lazy("Question answered"),
        Outcome.INVALID: gettext_lazy("Not a request we can work on"),
        Outcome.WITHDRAWN: gettext_lazy("Taken back by the person who reported it"),
        Outcome.NOT_RECORDED: gettext_lazy("Outcome not recorded"),
    }
)
_NEXT: Mapping[NextStepCode, LazyText] = MappingProxyType(
    {
        NextStepCode.RECEIVED: gettext_lazy("%(department)s will look at your report next."),
        NextStepCode.RECEIVED_LATE: gettext_lazy(
            "%(department)s should have looked at this by now. We are sorry. It is marked late and"
            " is next in line."
        ),
        NextStepCode.ACKNOWLEDGED: gettext_lazy(
            "%(department)s has seen your report and will start the work next."
        ),
        NextStepCode.IN_PROGRESS: gettext_lazy("%(department)s is working on it."),
        NextStepCode.IN_PROGRESS_EXPECTED: gettext_lazy(
            "%(department)s is working on it and expects to be done on %(expected_on)s."
        ),
        NextStepCode.LATE: gettext_lazy(
            "%(department)s is working on it, but it is late. We are sorry."
        ),
        NextStepCode.WAITING_THIRD_PARTY: gettext_lazy(
            "%(department)s is waiting for someone outside the department. The time we wait does"
            " not count against the promise."
        ),
        NextStepCode.WAITING_SCHEDULE: gettext_lazy(
            "%(department)s has planned the work and is waiting for its turn."
        ),
        NextStepCode.QUESTION: gettext_lazy(
            "%(department)s asked a question and needs the answer to go on."
        ),
        NextStepCode.DISPUTED: gettext_lazy(
            "The closing was questioned. A supervisor will look at it and answer by %(answer_by)s."
        ),
        NextStepCode.DISPUTED_LATE: gettext_lazy(
            "The closing was questioned and the answer is late. We are sorry. A supervisor still"
            " has to decide."
        ),
        NextStepCode.WITHDRAWN: gettext_lazy(
            "This report was taken back. Nothing more will happen."
        ),
        NextStepCode.CLOSED_FIXED: gettext_lazy(
            "%(department)s says this is fixed. If it is not, tell us and we will look again."
        ),
        NextStepCode.CLOSED_PLANNED: gettext_lazy(
            "%(department)s has planned this for later. When the time has come, we ask you if it"
            " was done."
        ),
        NextStepCode.CLOSED_NOT_OURS: gettext_lazy(
            "Someone other than the city has to do this. The closing words say who. If you do"
            " not agree, tell us."
        ),
        NextStepCode.CLOSED_OTHER: gettext_lazy(
            "This is closed. If you do not agree, tell us and a supervisor will look again."
        ),
    }
)
# What a closing says that nobody wrote.
TAKEN_BACK = gettext_lazy("Everyone who reported this has taken it back.")
LEFT_EMPTY = gettext_lazy("No report is left here: the last one belongs elsewhere.")
_EVENTS: Mapping[EventKind, LazyText] = MappingProxyType(
    {
        EventKind.RECEIVED: gettext_lazy("We received the report."),
        EventKind.JOINED: gettext_lazy("This report was added to one we already have."),
        EventKind.ROUTED: gettext_lazy("It was sent to the right department."),
        EventKind.ACKNOWLEDGED: gettext_lazy("The department has seen it."),
        EventKind.ASSIGNED: gettext_lazy("Somebody was given the work."),
        EventKind.TRANSFERRED: gettext_lazy("It was handed on."),
        EventKind.STARTED: gettext_lazy("Work began."),
        EventKind.WAITED: gettext_lazy("The work has to wait."),
        EventKind.RESUMED: gettext_lazy("The work goes on."),
        EventKind.NOTED: gettext_lazy("The department wrote:"),
        EventKind.ADDED_TO: gettext_lazy("The person who reported it added:"),
        EventKind.ASKED: gettext_lazy("The department asked:"),
        EventKind.ANSWERED: gettext_lazy("The question was answered."),
        EventKind.QUESTION_LAPSED: gettext_lazy(
            "The question got no answer in time. The department goes on without it."
        ),
        EventKind.WORK_ORDERED: gettext_lazy("A work order was written."),
        EventKind.WORK_CHANGED: gettext_lazy("A work order moved on."),
        EventKind.SERVICE_CHANGED: gettext_lazy("It was filed under another service."),
        EventKind.PLACE_CORRECTED: gettext_lazy("The place was corrected."),
        EventKind.SEVERITY_SET: gettext_lazy("How urgent it is was set."),
        EventKind.EXPECTED_SET: gettext_lazy("The department gave a date."),
        EventKind.RELATED: gettext_lazy("It was linked to a related matter."),
        EventKind.REDACTED: gettext_lazy("Private details were removed."),
        EventKind.SPLIT_OFF: gettext_lazy("It is now handled on its own."),
        EventKind.SPLIT_FROM: gettext_lazy("Another report was taken out of this one."),
        EventKind.MERGED_INTO: gettext_lazy("It is now handled together with other reports."),
        EventKind.MERGED_FROM: gettext_lazy("Other reports of the same thing were added."),
        EventKind.UNMERGED_OUT: gettext_lazy("It is handled on its own again."),
        EventKind.UNMERGED_BACK: gettext_lazy("It is handled on its own again."),
        EventKind.FOLLOWED: gettext_lazy("Somebody follows this."),
        EventKind.UNFOLLOWED: gettext_lazy("Somebody stopped following this."),
        EventKind.RATED: gettext_lazy("The handling was rated."),
        EventKind.SURVEY_ASKED: gettext_lazy("We asked whether it is fixed."),
        EventKind.DISPUTED: gettext_lazy("The closing was questioned."),
        EventKind.DISPUTE_UPHELD: gettext_lazy("A supervisor agreed: the work goes on."),
        EventKind.DISPUTE_DECLINED: gettext_lazy("A supervisor looked again and answered."),
        EventKind.WITHDRAWN: gettext_lazy("The report was taken back."),
        EventKind.CLAIMED: gettext_lazy("The report was linked to an account."),
        EventKind.CLOSED: gettext_lazy("The department closed it."),
        EventKind.REOPENED: gettext_lazy("It was opened again."),
        EventKind.CLOCK_WARNED: gettext_lazy("A promised date is near."),
        EventKind.CLOCK_BREACHED: gettext_lazy("A promised date was missed."),
        EventKind.CONTACT_OPENED: gettext_lazy("Contact details were opened."),
        EventKind.EVIDENCE_ATTACHED: gettext_lazy("A photo was added as proof."),
        EventKind.PICTURES_JUDGED: gettext_lazy("The reporters' photos were checked."),
    }
)


def state_label(state: State, settings: Mapping[str, Any], language: str) -> str:
    """What a city calls a state, else what we call it. settings: of the jurisdiction."""
    own = settings.get("states", {}).get(state.value, {})
    return _own_words(own, language) or str(_STATES[state])


def outcome_label(outcome: Outcome, settings: Mapping[str, Any], language: str) -> str:
    """What a city calls an outcome, else what we call it. settings: of the jurisdiction."""
    own = settings.get("outcomes", {}).get(outcome.value, {})
    return _own_words(own.get("names", {}), language) or str(_OUTCOMES[outcome])


def _own_words(texts: Mapping[str, str], language: str) -> str:
    """A city's words in the reader's language; "" rather than in one they do not read."""
    return texts.get(language) or texts.get(language.split("-")[0], "")


def next_step_of(case: PublicCase, zone: ZoneInfo, language: str, *, now: datetime) -> NextStep:
    """What happens next with a case, as a key and its facts, texts in ``language``."""
    return next_step(
        case.state,
        standing=case.standing,
        waiting_for=case.waiting_for,
        is_disputed=case.dispute_answer_by is not None,
        dispute_answer_by=case.dispute_answer_by,
        has_open_question=case.has_open_question,
        outcome=case.outcome,
        due_at=case.due_at if not case.is_paused else None,
        expected_on=case.expected_on,
        service_text=in_language(case.service.next_step, language) or None,
        queue_name=in_language(case.queue.names, language),
        department_name=in_language(case.department.names, language),
        now=now.astimezone(zone),
    )


def next_sentence(step: NextStep, zone: ZoneInfo) -> str:
    """The step as one or two sentences: the situation's, then the service's own words."""
    sentence, own = situation_sentence(step, zone), step.facts.get("service_text")
    return f"{sentence} {own}" if own else sentence


def situation_sentence(step: NextStep, zone: ZoneInfo, *, today: date | None = None) -> str:
    """The situation as a sentence. today: given, days are said by name, else as in letters."""
    facts = {name: _said(fact, zone, today) for name, fact in step.facts.items()}
    sentence = _pattern(step.code, get_language() or "") % facts
    # A time may end with a full stop of its own, as "5 p.m." does.
    return sentence.replace("..", ".")


@lru_cache(maxsize=512)
def _pattern(code: NextStepCode, _language: str) -> str:
    """The sentence of a situation in the active language, which must be named."""
    return str(_NEXT[code])


def _said(fact: object, zone: ZoneInfo, today: date | None) -> str:
    if today is not None and isinstance(fact, datetime):
        return moment_words(fact, zone, today=today)
    if today is not None and isinstance(fact, date):
        return day_words(fact, zone, today=today)
    return worded(fact, zone)


def by_when(case: PublicCase, zone: ZoneInfo) -> str:
    """By when it will be done, as a short phrase; says so where no date was promised.

    While the closing is disputed, it is by when that is answered.
    """
    if case.dispute_answer_by is not None and case.standing is Standing.ACTIVE:
        return _("Answered by %(day)s") % {"day": worded(case.dispute_answer_by, zone)}
    if case.status.value == "closed":
        return _("Closed on %(day)s") % {"day": worded(case.closed_at or case.updated_at, zone)}
    if case.is_paused:
        return _("The clock stands still while we wait")
    if case.expected_on is not None:
        return _("Expected on %(day)s") % {"day": worded(case.expected_on, zone)}
    if case.due_at is not None:
        return _("Promised by %(day)s") % {"day": worded(case.due_at, zone)}
    if case.look_by is not None:
        return _("First look by %(day)s") % {"day": worded(case.look_by, zone)}
    return _("No date is promised for this service")


def in_readers_words(text: str, case: PublicCase, language: str) -> str:
    """Staff's words on closing; where they took the service's own text, that in ``language``.

    So with what the system itself writes, in the city's language, when nobody is left.
    """
    said = " ".join(text.split())
    if said in _own_endings():
        with override(language):
            return str(_own_endings()[said])
    for texts in case.service.closing_texts.values():
        if said and said in {" ".join(one.split()) for one in texts.values()}:
            return in_language(texts, language)
    return text


def event_sentence(kind: EventKind) -> str:
    """What happened, as a sentence for anybody."""
    return str(_EVENTS[kind])


def worded(fact: object, zone: ZoneInfo) -> str:
    """An instant or a day as people read it, in their zone; the rest as text."""
    if isinstance(fact, datetime):
        local = fact.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
        return _written(local, "DATETIME_FORMAT", get_language() or "")
    if isinstance(fact, date):
        return _written(fact, "DATE_FORMAT", get_language() or "")
    return str(fact)


@lru_cache(maxsize=1)
def _own_endings() -> Mapping[str, LazyText]:
    """What the system writes on closing, by its sentence in every language."""
    found: dict[str, LazyText] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {str(sentence): sentence for sentence in (TAKEN_BACK, LEFT_EMPTY)}
    return found


@lru_cache(maxsize=4096)
def _written(local: date, form: str, _language: str) -> str:
    """A local day or minute in the active language, which must be named."""
    return formats.date_format(local, form)
