"""Turns what happened to a case into lines: what was done, what moved, what is now, what comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.cases.days import day_of, day_words, moment_words
from hark311.cases.queries.promises import PromisedDate
from hark311.cases.queries.public import PublicCase
from hark311.cases.queries.timeline import Entry
from hark311.cases.translated import said_in
from hark311.cases.wording import (
    event_sentence,
    in_readers_words,
    next_step_of,
    outcome_label,
    situation_sentence,
)
from hark311.catalog.queries import active_services
from hark311.channels.web.visitor import Visitor
from hark311.domain.next_steps import NextStepCode
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Standing, Target
from hark311.government.queries import organisation_of

# Facts of a person's or the city's own words, in the order in which they are shown.
_WORDS = ("text", "note", "detail")
_MOVED = frozenset({EventKind.CLOCK_BREACHED, EventKind.REOPENED, EventKind.DISPUTED})
_WORK: Mapping[str, Promise] = MappingProxyType(
    {
        "inspection": gettext_lazy("Somebody will come and look."),
        "repair": gettext_lazy("The repair was ordered."),
        "follow_up": gettext_lazy("A second visit was ordered."),
    }
)
# What the reader did, said to them.
_OWN: Mapping[EventKind, Promise] = MappingProxyType(
    {
        EventKind.RECEIVED: gettext_lazy("You told us."),
        EventKind.JOINED: gettext_lazy("You told us."),
        EventKind.ADDED_TO: gettext_lazy("You added:"),
        EventKind.ANSWERED: gettext_lazy("You answered."),
        EventKind.RATED: gettext_lazy("You rated how we did."),
        EventKind.DISPUTED: gettext_lazy("You questioned the closing."),
        EventKind.WITHDRAWN: gettext_lazy("You took the report back."),
    }
)
_WORK_DONE: Mapping[str, Promise] = MappingProxyType(
    {
        "inspection": gettext_lazy("Somebody came and looked."),
        "repair": gettext_lazy("The repair was made."),
        "follow_up": gettext_lazy("The second visit was made."),
    }
)
_WAITING: Mapping[str, Promise] = MappingProxyType(
    {
        "third_party": gettext_lazy("The work waits for somebody outside the city."),
        "schedule": gettext_lazy("The work has its place in the plan."),
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history. kind: "past", "moved", "now" or "next".

    verdict: whether a promise was kept, in a word; "" where none fell due.
    """

    kind: str
    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    note: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """For whom and when the lines are worded."""

    case: PublicCase
    dates: Sequence[PromisedDate]
    visitor: Visitor
    zone: ZoneInfo
    today: date
    is_own: bool
    # Which event met which promise: the first of its instant.
    met: Mapping[int, PromisedDate]

    def day(self, when: date) -> str:
        return day_words(when, self.zone, today=self.today)


def history_of(
    case: PublicCase,
    entries: Sequence[Entry],
    visitor: Visitor,
    now: datetime,
    *,
    dates: Sequence[PromisedDate],
    is_own: bool,
) -> tuple[Happening, ...]:
    """What happened, oldest first; then, while it is open, what is now and what comes.

    dates: every promise of the case. is_own: the reader is who reported it.
    """
    zone = ZoneInfo(visitor.jurisdiction.zone)
    met = _met_by(entries, dates)
    reader = _Reader(case, dates, visitor, zone, day_of(now, zone), is_own, met)
    past = tuple(_happening(entry, reader) for entry in entries)
    is_over = not case.state.is_open or case.standing is Standing.WITHDRAWN
    if is_over and case.dispute_answer_by is None:
        return past
    return (*past, *_ahead(reader, now))


def _ahead(reader: _Reader, now: datetime) -> tuple[Happening, ...]:
    case, zone, language = reader.case, reader.zone, reader.visitor.language
    step = next_step_of(case, zone, language, now=now)
    here = Happening("now", situation_sentence(step, zone, today=reader.today), when=_("Now"))
    if case.dispute_answer_by is not None:
        answer = _("A supervisor has looked again, and you read the answer here.")
        return here, Happening("next", answer, when=_until(case.dispute_answer_by, reader))
    steps = [here]
    if step.code is NextStepCode.QUESTION:
        steps.append(Happening("next", _("The answer comes, and the work goes on."), when=""))
    steps.append(_finish(reader, str(step.facts.get("service_text", ""))))
    steps.append(_asking(reader))
    return tuple(steps)


def _finish(reader: _Reader, own: str) -> Happening:
    """The service's own words on what is done; the promised proof beside it."""
    case = reader.case
    proof = _("They add a photo of it.") if "photo" in case.service.evidence else ""
    title = own or _("The work is done, and you read here what was found.")
    when = case.expected_on or case.due_at
    if case.is_paused or case.has_open_question or when is None:
        return Happening("next", title, when=_("After that"), note=proof)
    if day_of(when, reader.zone) < reader.today:
        return Happening("next", title, when=_("As soon as we can"), note=proof)
    return Happening("next", title, when=_until(when, reader), note=proof)


def _asking(reader: _Reader) -> Happening:
    title = _("We ask you: is it fixed?") if reader.is_own else _("We ask those who reported it.")
    note = _("If they say no, a supervisor looks again.")
    if reader.is_own:
        note = _("If you say no, a supervisor looks again.")
    return Happening("next", title, when=_("When it is closed"), note=note)


def _until(when: date, reader: _Reader) -> str:
    return _("By %(day)s") % {"day": reader.day(when)}


def _happening(entry: Entry, reader: _Reader) -> Happening:
    case, language = reader.case, reader.visitor.language
    said = [said_in(entry.facts, language, name=name) for name in _WORDS if entry.facts.get(name)]
    is_closing = entry.kind is EventKind.CLOSED
    words = [in_readers_words(one, case, language) if is_closing else one for one in said]
    moved = entry.kind in _MOVED or _is_moved_date(entry)
    promise, verdict = _promise(entry, reader)
    parts = [*_notes(entry, reader), promise]
    return Happening(
        kind="moved" if moved else "past",
        title=_title(entry, reader),
        at=entry.at,
        when=moment_words(entry.at, reader.zone, today=reader.today),
        text="\n".join(words),
        note=" ".join(part for part in parts if part),
        verdict=verdict,
    )


def _title(entry: Entry, reader: _Reader) -> str:
    kind, work = entry.kind, str(entry.facts.get("kind", ""))
    if reader.is_own and kind in _OWN:
        return str(_OWN[kind])
    if kind is EventKind.CLOSED and entry.facts.get("outcome") == Outcome.WITHDRAWN:
        return _("It was closed.")
    if _is_moved_date(entry):
        return _("The date moved.")
    if kind is EventKind.WAITED:
        waits = _WAITING.get(str(entry.facts.get("waiting_for", "")))
        return str(waits or event_sentence(kind))
    if kind is EventKind.WORK_ORDERED and work in _WORK:
        return str(_WORK[work])
    if kind is EventKind.WORK_CHANGED and entry.facts.get("state") == "done":
        return str(_WORK_DONE.get(work, event_sentence(kind)))
    return event_sentence(kind)


def _is_moved_date(entry: Entry) -> bool:
    return entry.kind is EventKind.EXPECTED_SET and bool(entry.facts.get("before"))


def _promise(entry: Entry, reader: _Reader) -> tuple[str, str]:
    """What was promised for this very moment, and whether it was kept."""
    if entry.kind is EventKind.CLOCK_BREACHED:
        missed = _date_of(reader.dates, str(entry.facts.get("target", "")))
        if missed is None:
            return _("We are sorry."), ""
        when = moment_words(missed.due_at, reader.zone, today=reader.today)
        said = (_("We said %(when)s.") % {"when": when}).replace("..", ".")
        return f"{said} {_('We are sorry.')}", ""
    promise = reader.met.get(entry.event_id)
    if promise is None:
        return "", ""
    if promise.is_kept and not _claims_it(entry):
        return "", ""
    when = moment_words(promise.due_at, reader.zone, today=reader.today)
    # A time may end with a full stop of its own, as "5 p.m." does.
    said = (_("We said by %(when)s.") % {"when": when}).replace("..", ".")
    return said, _("Kept.") if promise.is_kept else _("That was late. We are sorry.")


def _claims_it(entry: Entry) -> bool:
    """Only a closing that claims to have done what was promised is said to keep it."""
    outcome = str(entry.facts.get("outcome", ""))
    return not outcome or Outcome(outcome).keeps_promise


def _met_by(entries: Sequence[Entry], dates: Sequence[PromisedDate]) -> Mapping[int, PromisedDate]:
    """The promise that each event met; of several at once the one for the whole."""
    found: dict[int, PromisedDate] = {}
    for one in sorted(dates, key=lambda one: one.target is Target.RESOLVE):
        first = next((entry for entry in entries if entry.at == one.met_at), None)
        if first is not None and one.target is not Target.UPDATE:
            found[first.event_id] = one
    return found


def _date_of(dates: Sequence[PromisedDate], target: str) -> PromisedDate | None:
    return next((one for one in dates if one.target.value == target), None)


def _notes(entry: Entry, reader: _Reader) -> list[str]:
    """The facts that are not words, each as a sentence."""
    return [_NOTES[name](entry, reader) for name in _NOTES if entry.facts.get(name)]


def _queue_note(entry: Entry, reader: _Reader) -> str:
    queues = organisation_of(reader.visitor.jurisdiction).queues.values()
    code = str(entry.facts["queue"])
    names = next((queue.names for queue in queues if queue.code == code), {})
    return _("It went to: %(queue)s.") % {
        "queue": in_language(names, reader.visitor.language) or code
    }


def _outcome_note(entry: Entry, reader: _Reader) -> str:
    outcome = Outcome(str(entry.facts["outcome"]))
    settings = reader.visitor.jurisdiction.settings
    return f"{outcome_label(outcome, settings, reader.visitor.language)}."


def _service_note(entry: Entry, reader: _Reader) -> str:
    if entry.kind is not EventKind.SERVICE_CHANGED:
        return ""
    code = str(entry.facts["service"])
    services = active_services(reader.visitor.jurisdiction)
    names = next((service.names for service in services if service.code == code), {})
    return f"{in_language(names, reader.visitor.language) or code}."


def _expected_note(entry: Entry, reader: _Reader) -> str:
    new = _read_day(entry.facts["expected_on"], reader)
    if _is_moved_date(entry):
        facts = {"before": _read_day(entry.facts["before"], reader), "new": new}
        return _("We said %(before)s. The new date is %(new)s. We are sorry.") % facts
    return _("It should be done on %(day)s.") % {"day": new}


def _answer_note(entry: Entry, reader: _Reader) -> str:
    return _("You get an answer by %(day)s.") % {"day": _read_day(entry.facts["answer_by"], reader)}


def _read_day(fact: object, reader: _Reader) -> str:
    """A day or instant of an event's facts, where it stands as ISO text."""
    try:
        at = datetime.fromisoformat(str(fact))
    except ValueError:
        return str(fact)
    return reader.day(at if at.tzinfo else at.date())


_NOTES: Mapping[str, Callable[[Entry, _Reader], str]] = MappingProxyType(
    {
        "queue": _queue_note,
        "outcome": _outcome_note,
        "service": _service_note,
        "expected_on": _expected_note,
        "answer_by": _answer_note,
    }
)
