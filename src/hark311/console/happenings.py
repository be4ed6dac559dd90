"""Turns what happened to an incident into lines that staff read, each with who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from hark311.cases.queries.timeline import Entry
from hark311.cases.wording import event_sentence
from hark311.console import wording
from hark311.console.desk import Desk
from hark311.domain.actor import ActorKind
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Severity, Target, Visibility
from hark311.government.accounts import account_names
from hark311.privacy.text import mask_text

_WORDS = frozenset({"text", "detail", "note", "reason", "answer", "result"})
_ROUTED = frozenset({EventKind.TRANSFERRED, EventKind.RECEIVED, EventKind.ROUTED})
# Where a date moved, a promise was missed, or somebody said no.
_MOVED = frozenset({EventKind.CLOCK_BREACHED, EventKind.REOPENED, EventKind.DISPUTED})
# The drawings of what is no step of the work.
_MARKS: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.RECEIVED: "people",
        EventKind.JOINED: "people",
        EventKind.ACKNOWLEDGED: "eye",
        EventKind.TRANSFERRED: "hand",
        EventKind.WAITED: "wait",
        EventKind.NOTED: "edit",
        EventKind.ASKED: "chat",
        EventKind.ANSWERED: "chat",
        EventKind.ADDED_TO: "chat",
        EventKind.WORK_ORDERED: "wrench",
        EventKind.WORK_CHANGED: "wrench",
        EventKind.EXPECTED_SET: "clock",
        EventKind.CLOCK_WARNED: "clock",
        EventKind.CONTACT_OPENED: "eye",
        EventKind.EVIDENCE_ATTACHED: "photo",
        EventKind.PICTURES_JUDGED: "photo",
        EventKind.RATED: "star",
    }
)
_WHO: Mapping[str, LazyText] = MappingProxyType(
    {
        ActorKind.SYSTEM.value: gettext_lazy("By rule"),
        ActorKind.RESIDENT.value: gettext_lazy("A resident"),
        ActorKind.KEY.value: gettext_lazy("Another system"),
        ActorKind.IMPORT.value: gettext_lazy("Import"),
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as a line. who: whoever did it. words: what was said, masked.

    mark: the name of the drawing beside it; is_moved: a date moved or a promise was missed.
    """

    sequence: int
    at: datetime
    title: str
    words: str
    who: str
    visibility: Visibility
    number: str
    mark: str
    is_moved: bool


def happenings(
    entries: Sequence[Entry], numbers: Mapping[int, str], desk: Desk
) -> tuple[Happening, ...]:
    """The lines of these events in their order. numbers: of cases, by id. One statement."""
    staff = account_names(
        entry.actor_account_id for entry in entries if entry.actor_account_id is not None
    )
    return tuple(_happening(entry, staff, numbers, desk) for entry in entries)


def _happening(
    entry: Entry, staff: Mapping[int, str], numbers: Mapping[int, str], desk: Desk
) -> Happening:
    is_moved = entry.kind in _MOVED or bool(entry.facts.get("before"))
    name = staff.get(entry.actor_account_id or 0, "")
    return Happening(
        sequence=entry.sequence,
        at=entry.at,
        title=event_sentence(entry.kind),
        words=_words(entry, desk),
        who=name or str(_WHO.get(entry.actor_kind, "")),
        visibility=entry.visibility,
        number=numbers.get(entry.case_id or 0, ""),
        mark="clock" if is_moved else _MARKS.get(entry.kind, "check"),
        is_moved=is_moved,
    )


def _words(entry: Entry, desk: Desk) -> str:
    """What an event says beyond its kind: words, outcome, queue, date; masked, in one line each."""
    said = (_fact_words(name, fact, entry.kind, desk) for name, fact in entry.facts.items())
    return mask_text("\n".join(words for words in said if words))


def _fact_words(name: str, fact: object, kind: EventKind, desk: Desk) -> str:
    if not isinstance(fact, str) or not fact:
        return ""
    if name in _WORDS:
        return fact
    if name == "queue":
        return _queue_name(fact, desk) if kind in _ROUTED else ""
    if name == "service":
        return _service_name(fact, desk) if kind is EventKind.SERVICE_CHANGED else ""
    return _value_words(name, fact, desk)


def _value_words(name: str, fact: str, desk: Desk) -> str:
    """The label of a value of a closed list, or a day."""
    if name == "outcome":
        return desk.outcome_label(Outcome(fact))
    if name == "target":
        return str(wording.TARGETS[Target(fact)])
    if name == "severity":
        return str(wording.SEVERITIES[Severity(fact)])
    return date_format(date.fromisoformat(fact), "DATE_FORMAT") if name == "expected_on" else ""


def _queue_name(code: str, desk: Desk) -> str:
    found = (one for one in desk.names.organisation.queues.values() if one.code == code)
    return next((desk.names.queue(one.id) for one in found), code)


def _service_name(code: str, desk: Desk) -> str:
    """The name of a service on offer, else its code."""
    found = (one for one in desk.names.services.values() if one.code == code)
    return next((in_language(one.names, desk.names.language) for one in found), code)
