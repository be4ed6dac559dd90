"""Turns a case and its history into the few records that its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.cases import wording
from hark311.cases.queries.public import PublicCase
from hark311.cases.queries.timeline import Entry
from hark311.cases.wording import (
    Answer,
    by_when,
    event_sentence,
    in_readers_words,
    next_sentence,
    next_step_of,
    outcome_label,
    state_label,
    worded,
)
from hark311.catalog.queries import active_services
from hark311.channels.web.visitor import Visitor
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Standing
from hark311.government.queries import organisation_of

# Facts of a person's or the city's own words, in the order in which they are shown.
_WORDS = ("text", "note", "detail")
_ICONS: Mapping[State, str] = MappingProxyType(
    {
        State.RECEIVED: "ring",
        State.ACKNOWLEDGED: "eye",
        State.IN_PROGRESS: "half",
        State.WAITING: "wait",
        State.CLOSED: "check",
    }
)
_MOVED = frozenset({EventKind.CLOCK_BREACHED, EventKind.REOPENED, EventKind.DISPUTED})
_WORK: Mapping[str, Promise] = MappingProxyType(
    {
        "inspection": gettext_lazy("Somebody will come and look."),
        "repair": gettext_lazy("The repair was ordered."),
        "follow_up": gettext_lazy("A second visit was ordered."),
    }
)
_PUBLIC_WORK_DONE: Mapping[str, Promise] = MappingProxyType(
    {
        "inspection": gettext_lazy("Somebody came and looked."),
        "repair": gettext_lazy("The repair was made."),
        "follow_up": gettext_lazy("The second visit was made."),
    }
)


@dataclass(frozen=True, slots=True)
class Badge:
    """The state as a shape and a word."""

    icon: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history. kind: "past", "moved", "now" or "next"."""

    kind: str
    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list: its badge, and in one line what comes next."""

    case: PublicCase
    title: str
    badge: Badge
    place: str
    who: str
    by: str


def answer_of(case: PublicCase, visitor: Visitor, now: datetime) -> Answer:
    """The answer in the visitor's language."""
    return wording.answer_of(case, ZoneInfo(visitor.jurisdiction.zone), visitor.language, now=now)


def badge_of(case: PublicCase, visitor: Visitor, now: datetime) -> Badge:
    """The state as the city calls it; a withdrawn, disputed or late case says that first."""
    if case.standing is Standing.WITHDRAWN:
        return Badge("cross", _("Taken back"), "calm")
    if case.dispute_answer_by is not None:
        return Badge("return", _("Questioned"), "soon")
    if case.state.is_open and case.due_at and not case.is_paused and case.due_at < now:
        return Badge("warning", _("Late"), "late")
    settings, language = visitor.jurisdiction.settings, visitor.language
    if case.outcome is None:
        label = state_label(case.state, settings, language)
    else:
        label = outcome_label(case.outcome, settings, language)
    is_good = case.outcome is Outcome.FIXED
    return Badge(_ICONS[case.state], label, "good" if is_good else "calm" if case.outcome else "")


def state_icon(state: State) -> str:
    """The drawing that goes with the name of a state."""
    return _ICONS[state]


def row_of(case: PublicCase, visitor: Visitor, now: datetime) -> Row:
    return Row(
        case=case,
        title=in_language(case.service.names, visitor.language),
        badge=badge_of(case, visitor, now),
        place=case.address,
        who=in_language(case.department.names, visitor.language),
        by=by_when(case, ZoneInfo(visitor.jurisdiction.zone)),
    )


def history_of(
    case: PublicCase, entries: Sequence[Entry], visitor: Visitor, now: datetime
) -> tuple[Happening, ...]:
    """What happened, oldest first; then, while it is open, what is now and what comes."""
    past = tuple(_happening(entry, case, visitor) for entry in entries)
    is_over = not case.state.is_open or case.standing is Standing.WITHDRAWN
    is_disputed = case.dispute_answer_by is not None
    if is_over and not is_disputed:
        return past
    zone = ZoneInfo(visitor.jurisdiction.zone)
    step = next_step_of(case, zone, visitor.language, now=now)
    coming = (
        _("A supervisor has looked again, and you read the answer here.")
        if is_disputed
        else _("The work is done, and you read here what was found.")
    )
    return (
        *past,
        Happening("now", next_sentence(step, zone), when=_("Now")),
        Happening("next", coming, when=by_when(case, zone)),
    )


def _happening(entry: Entry, case: PublicCase, visitor: Visitor) -> Happening:
    said = [str(entry.facts[name]) for name in _WORDS if entry.facts.get(name)]
    is_closing = entry.kind is EventKind.CLOSED
    words = [in_readers_words(one, case, visitor.language) if is_closing else one for one in said]
    moved = entry.kind in _MOVED or bool(entry.facts.get("before"))
    return Happening(
        kind="moved" if moved else "past",
        title=_title(entry),
        at=entry.at,
        text="\n".join(words),
        note=_note(entry, visitor),
    )


def _title(entry: Entry) -> str:
    work = str(entry.facts.get("kind", ""))
    if entry.kind is EventKind.CLOSED and entry.facts.get("outcome") == Outcome.WITHDRAWN:
        return _("It was closed.")
    if entry.kind is EventKind.WORK_ORDERED and work in _WORK:
        return str(_WORK[work])
    if entry.kind is EventKind.WORK_CHANGED and entry.facts.get("state") == "done":
        return str(_PUBLIC_WORK_DONE.get(work, event_sentence(entry.kind)))
    return event_sentence(entry.kind)


def _note(entry: Entry, visitor: Visitor) -> str:
    """The facts that are not words: the queue, the outcome, the dates before and after."""
    zone = ZoneInfo(visitor.jurisdiction.zone)
    facts = entry.facts
    notes = []
    if facts.get("queue"):
        notes.append(_("With: %(queue)s") % {"queue": _queue_name(str(facts["queue"]), visitor)})
    if facts.get("outcome"):
        outcome = Outcome(str(facts["outcome"]))
        notes.append(outcome_label(outcome, visitor.jurisdiction.settings, visitor.language))
    if entry.kind is EventKind.SERVICE_CHANGED and facts.get("service"):
        notes.append(_service_name(str(facts["service"]), visitor))
    if facts.get("expected_on"):
        notes.append(_("Expected on %(day)s") % {"day": _day(facts["expected_on"], zone)})
    if facts.get("before") and entry.kind is EventKind.EXPECTED_SET:
        notes.append(_("Before that we said %(day)s") % {"day": _day(facts["before"], zone)})
    if facts.get("answer_by"):
        notes.append(_("You get an answer by %(day)s") % {"day": _day(facts["answer_by"], zone)})
    return " · ".join(notes)


def _day(fact: object, zone: ZoneInfo) -> str:
    """A day or instant of an event's facts, where it stands as ISO text."""
    try:
        at = datetime.fromisoformat(str(fact))
    except ValueError:
        return str(fact)
    return worded(at if at.tzinfo else at.date(), zone)


def _queue_name(code: str, visitor: Visitor) -> str:
    queues = organisation_of(visitor.jurisdiction).queues.values()
    names = next((queue.names for queue in queues if queue.code == code), {})
    return in_language(names, visitor.language) or code


def _service_name(code: str, visitor: Visitor) -> str:
    services = active_services(visitor.jurisdiction)
    names = next((service.names for service in services if service.code == code), {})
    return in_language(names, visitor.language) or code
