"""The answer to every report: who has it, what happens next, by when; each with its proof."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hark311.cases.days import day_of, day_words, distance_words, moment_words, title_words
from hark311.cases.queries.promises import PromisedDate
from hark311.cases.queries.public import PublicCase
from hark311.cases.queries.timeline import Entry
from hark311.cases.wording import next_step_of, situation_sentence
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Standing, Target


@dataclass(frozen=True, slots=True)
class Answer:
    """Three short phrases; each has a line of proof below it that may be empty."""

    who: str
    who_note: str
    next: str
    next_note: str
    by: str
    by_note: str


@dataclass(frozen=True, slots=True)
class _Times:
    """What the words of a date depend on."""

    case: PublicCase
    dates: Sequence[PromisedDate]
    first_expected: date | None
    zone: ZoneInfo
    today: date
    now: datetime

    def title(self, when: date) -> str:
        return title_words(when, self.zone, today=self.today)

    def day(self, when: date) -> str:
        return day_words(when, self.zone, today=self.today)

    def far(self, when: date) -> str:
        return distance_words(when, self.zone, today=self.today)

    def is_gone(self, when: date) -> bool:
        if isinstance(when, datetime):
            return when < self.now
        return when < self.today


def answer_of(
    case: PublicCase,
    zone: ZoneInfo,
    language: str,
    *,
    now: datetime,
    dates: Sequence[PromisedDate] = (),
    first_expected: date | None = None,
) -> Answer:
    """The answer in ``language``, which is active.

    dates: every promise of the case; without them a closing does not say whether it kept its.
    first_expected: the first day the department named, where that was another one.
    """
    step = next_step_of(case, zone, language, now=now)
    times = _Times(case, dates, first_expected, zone, day_of(now, zone), now)
    who, who_note = _who(case, language)
    by, by_note = _by(times)
    return Answer(
        who=who,
        who_note=who_note,
        next=situation_sentence(step, zone, today=times.today),
        next_note=str(step.facts.get("service_text", "")) or _closing_note(case),
        by=by,
        by_note=by_note,
    )


def first_day_named(entries: Sequence[Entry]) -> date | None:
    """The first day the department named, of all it named since; None if it named none."""
    named = (
        entry.facts.get("expected_on")
        for entry in entries
        if entry.kind in {EventKind.EXPECTED_SET, EventKind.WAITED}
    )
    first = next((str(one) for one in named if one), "")
    return date.fromisoformat(first) if first else None


def _who(case: PublicCase, language: str) -> tuple[str, str]:
    """Whose it is; where it is not the city's, who else, as the department said."""
    department = in_language(case.department.names, language)
    if case.outcome is Outcome.NOT_OURS and case.standing is Standing.ACTIVE:
        note = _("%(department)s looked into it.") % {"department": department}
        return case.outcome_detail, note
    queue = in_language(case.queue.names, language)
    note = _("Questions? Call 311 with your number.")
    return department, note if queue == department else f"{queue}. {note}"


def _closing_note(case: PublicCase) -> str:
    """Why, or when, in the department's words; whose it is stands under who has it."""
    if case.outcome in {None, Outcome.NOT_OURS} or case.standing is Standing.WITHDRAWN:
        return ""
    return case.outcome_detail


def _by(times: _Times) -> tuple[str, str]:
    """The date as a short phrase, and what it means."""
    case = times.case
    for applies, words in _BY:
        if applies(case):
            return words(times)
    return _("No date is promised"), _("This service makes no promise of a date.")


def _withdrawn(times: _Times) -> tuple[str, str]:
    return _("Nothing is due"), _("The report was taken back.")


def _disputed(times: _Times) -> tuple[str, str]:
    answer_by = times.case.dispute_answer_by
    if answer_by is None:
        raise AssertionError("asked only while a dispute is open")
    if times.is_gone(answer_by):
        return times.title(answer_by), _gone()
    return times.title(answer_by), _("You get an answer by then. %(far)s") % {
        "far": times.far(answer_by)
    }


def _closed(times: _Times) -> tuple[str, str]:
    case = times.case
    closed_at = case.closed_at or case.updated_at
    if case.outcome is Outcome.PLANNED and case.expected_on:
        note = _("Planned for this day. Closed on %(day)s.") % {"day": times.day(closed_at)}
        return times.title(case.expected_on), note
    closed = _("Closed then.")
    promised = next((one for one in times.dates if one.target is Target.RESOLVE), None)
    keeps = case.outcome is not None and case.outcome.keeps_promise
    if promised is None or (promised.is_kept and not keeps):
        return times.title(closed_at), closed
    kept = _kept(promised, times)
    return times.title(closed_at), f"{closed} {kept}"


def _kept(promised: PromisedDate, times: _Times) -> str:
    day = {"day": times.day(promised.due_at)}
    if promised.is_kept:
        return _("We had promised %(day)s: kept.") % day
    return _("We had promised %(day)s: that was late. We are sorry.") % day


def _asked(times: _Times) -> tuple[str, str]:
    return _("It waits for the answer"), _("The promised date moves by the time we wait.")


def _paused(times: _Times) -> tuple[str, str]:
    note = _("The clock stands still while we wait for others.")
    if times.case.expected_on is None or times.is_gone(times.case.expected_on):
        return _("No date while we wait"), note
    return times.title(times.case.expected_on), note


def _expected(times: _Times) -> tuple[str, str]:
    """The department's own date; beside it the first one, where it moved."""
    expected_on = times.case.expected_on
    if expected_on is None:
        raise AssertionError("asked only where a date is expected")
    parts = (
        _gone() if times.is_gone(expected_on) else times.far(expected_on),
        _said_first(times, expected_on),
    )
    return times.title(expected_on), " ".join(part for part in parts if part)


def _said_first(times: _Times, expected_on: date) -> str:
    """The day said before this one, else the promise that stands beside it."""
    first, due_at = times.first_expected, times.case.due_at
    if first is not None and first != expected_on:
        return _("First we said %(day)s.") % {"day": times.day(first)}
    if due_at is None or day_of(due_at, times.zone) == expected_on:
        return ""
    if day_of(due_at, times.zone) < expected_on:
        return _("First we promised %(day)s.") % {"day": times.day(due_at)}
    return _("We promised it by %(day)s.") % {"day": times.day(due_at)}


def _due(times: _Times) -> tuple[str, str]:
    due_at = times.case.due_at
    if due_at is None:
        raise AssertionError("asked only where something is due")
    if times.is_gone(due_at):
        return times.title(due_at), _gone()
    return times.title(due_at), _("Promised. %(far)s") % {"far": times.far(due_at)}


def _look(times: _Times) -> tuple[str, str]:
    look_by = times.case.look_by
    if look_by is None:
        raise AssertionError("asked only where a look is due")
    when = moment_words(look_by, times.zone, today=times.today)
    note = _("First look by %(when)s. No date is promised for the rest.") % {"when": when}
    return times.title(look_by), note


def _gone() -> str:
    return _("This date has gone by. We are sorry.")


# The first that applies words the date.
_BY: tuple[tuple[Callable[[PublicCase], bool], Callable[[_Times], tuple[str, str]]], ...] = (
    (lambda case: case.standing is Standing.WITHDRAWN, _withdrawn),
    (lambda case: case.dispute_answer_by is not None, _disputed),
    (lambda case: not case.state.is_open, _closed),
    (lambda case: case.has_open_question, _asked),
    (lambda case: case.is_paused, _paused),
    (lambda case: case.expected_on is not None, _expected),
    (lambda case: case.due_at is not None, _due),
    (lambda case: case.look_by is not None, _look),
)
