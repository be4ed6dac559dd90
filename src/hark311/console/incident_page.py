"""What the page of an incident shows, put in order for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hark311.access.policy import may
from hark311.cases.queries.staff_incident import StaffCase, StaffIncident
from hark311.cases.queries.staff_parts import ClockLine
from hark311.cases.queries.timeline import Entry
from hark311.cases.wording import event_sentence
from hark311.console import wording
from hark311.console.deeds.base import Deed
from hark311.console.deeds.registry import DEEDS
from hark311.console.desk import Desk
from hark311.console.wording import span_words
from hark311.domain.clocks import ClockState
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome, Severity, Target, Visibility
from hark311.government.accounts import account_names
from hark311.notifications.queries import NoticeLine, notices_of_cases
from hark311.platform import clock
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as a line. who: whoever did it. words: what was said, masked."""

    at: datetime
    title: str
    words: str
    who: str
    visibility: Visibility
    number: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One promise of one case with how much of its time is used."""

    line: ClockLine
    is_late: bool
    is_soon: bool
    left: str
    used_percent: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with what hangs on it."""

    case: StaffCase
    clocks: tuple[ClockRow, ...]
    notices: tuple[NoticeLine, ...]


def incident_context(incident: StaffIncident, desk: Desk) -> dict[str, object]:
    """Everything that the templates of an incident need. Two statements."""
    now = clock.now()
    notices = notices_of_cases([case.case_id for case in incident.cases])
    offered = deeds_for(incident, desk)
    return {
        "desk": desk,
        "here": "queues",
        "incident": incident,
        "rows": [
            CaseRow(
                case,
                tuple(_clock_row(line, now) for line in incident.clocks if _is_of(line, case)),
                tuple(notice for notice in notices if notice.case_id == case.case_id),
            )
            for case in incident.cases
        ],
        "failed": [notice for notice in notices if notice.state == "failed"],
        "happenings": happenings(incident, desk),
        "is_soon": any(_clock_row(line, now).is_soon for line in incident.clocks),
        "first_deed": next((deed for deed in offered.get("next", ()) if deed.is_plain), None),
        "deeds": offered,
        "numbers": {case.case_id: case.number for case in incident.cases},
    }


def deeds_for(incident: StaffIncident, desk: Desk) -> Mapping[str, Sequence[Deed]]:
    """What makes sense now and is allowed to the reader, by group, in the order of the page."""
    departments = incident.departments_at_work
    groups: dict[str, list[Deed]] = {}
    for deed in DEEDS.values():
        allowed = may(
            desk.actor,
            deed.permission,
            queue_id=incident.queue_id,
            work_departments=departments,
        )
        if allowed and deed.fits(incident):
            groups.setdefault(deed.group, []).append(deed)
    return groups


def happenings(incident: StaffIncident, desk: Desk, *, after: int = 0) -> tuple[Happening, ...]:
    """What happened after a sequence, newest first. One statement."""
    entries = [entry for entry in incident.timeline if entry.sequence > after]
    staff = account_names(
        entry.actor_account_id for entry in entries if entry.actor_account_id is not None
    )
    numbers = {case.case_id: case.number for case in incident.cases}
    return tuple(
        Happening(
            at=entry.at,
            title=event_sentence(entry.kind),
            words=_words(entry, desk),
            who=staff.get(entry.actor_account_id or 0, ""),
            visibility=entry.visibility,
            number=numbers.get(entry.case_id or 0, ""),
        )
        for entry in reversed(entries)
    )


def _is_of(line: ClockLine, case: StaffCase) -> bool:
    return line.case_id == case.case_id


def _clock_row(line: ClockLine, now: datetime) -> ClockRow:
    runs = line.state is ClockState.RUNNING
    until = line.met_at or line.paused_at or now
    whole = max((line.due_at - line.started_at).total_seconds(), 1)
    used = max((until - line.started_at).total_seconds(), 0)
    return ClockRow(
        line=line,
        is_late=runs and line.due_at < now,
        is_soon=runs and line.warn_at <= now <= line.due_at,
        left=span_words(abs(line.due_at - now)) if runs else "",
        used_percent=min(round(100 * used / whole), 100),
    )


def _words(entry: Entry, desk: Desk) -> str:
    """What an event says beyond its kind: words, outcome, queue, date; masked, in one line each."""
    parts = []
    for name, fact in entry.facts.items():
        said = _fact_words(name, fact, entry.kind, desk)
        if said:
            parts.append(said)
    return mask_text("\n".join(parts))


def _fact_words(name: str, fact: object, kind: EventKind, desk: Desk) -> str:
    if fact is None or fact == "" or not isinstance(fact, str):
        return ""
    if name == "outcome":
        return desk.outcome_label(Outcome(fact))
    if name == "target":
        return str(wording.TARGETS[Target(fact)])
    if name in {"text", "detail", "note", "reason", "answer", "result"}:
        return fact
    if name == "queue" and kind in {EventKind.TRANSFERRED, EventKind.RECEIVED, EventKind.ROUTED}:
        found = (one for one in desk.names.organisation.queues.values() if one.code == fact)
        return next((desk.names.queue(one.id) for one in found), fact)
    if name == "service":
        return _service_name(fact, desk) if kind is EventKind.SERVICE_CHANGED else ""
    if name == "severity":
        return str(wording.SEVERITIES[Severity(fact)])
    return fact if name == "expected_on" else ""


def _service_name(code: str, desk: Desk) -> str:
    """The name of a service on offer, else its code."""
    found = (one for one in desk.names.services.values() if one.code == code)
    return next((in_language(one.names, desk.names.language) for one in found), code)
