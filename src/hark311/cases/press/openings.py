"""Prints how a case opens: with an incident of its own, or joining one that is open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hark311.cases.actions.open_case import (
    Opening,
    opening_facts,
    photo_columns,
    visibility_of,
)
from hark311.cases.press import clocks
from hark311.cases.press.paper import Line, Paper, Said, Stream, iso
from hark311.cases.press.standing import RUNNING, Held, Office, Printed, Ticking
from hark311.cases.press.tables import plain_number
from hark311.domain.lifecycle import State
from hark311.domain.promises import LONGEST_HOURS, SlaTarget, warn_at
from hark311.domain.vocabulary import Counting, EventKind, Privacy, Standing, Target

Json = Any
# What is promised for the instant of its opening stands so in its row, and as next to nothing here.
_LEAST_HOURS = 1e-6


def open_case(
    paper: Paper,
    opening: Opening,
    office: Office,
    *,
    by: Said,
    changed_at: datetime | None = None,
    facts: Mapping[str, Json] | None = None,
) -> Printed:
    """As ``cases.actions.open_case.open_case``.

    changed_at: when the incident last changed, if another system knows. facts: more than the
    event of any opening tells.
    """
    line = _incident(paper, opening, office, by)
    if changed_at is not None:
        line["updated_at"] = iso(changed_at)
    incident = Printed(line, Stream(line))
    case = _case(paper, opening, incident, office, by)
    incident.derive()
    _tell(paper, EventKind.RECEIVED, opening, incident, case, by, facts or {})
    return incident


def join_case(
    paper: Paper, opening: Opening, incident: Printed, office: Office, *, by: Said
) -> Held:
    """As ``cases.actions.open_case.join_case``; the incident is open and not sensitive."""
    case = _case(paper, opening, incident, office, by)
    clocks.agree_with(incident, case.clocks, opening.opened_at)
    incident.line["asked_again"] += 1
    incident.line["updated_at"] = iso(opening.opened_at)
    incident.derive()
    _tell(paper, EventKind.JOINED, opening, incident, case, by, {})
    return case


def _incident(paper: Paper, opening: Opening, office: Office, by: Said) -> Line:
    queue = office.queue_by_code(opening.routed.queue)
    at, spot = iso(opening.opened_at), opening.spot
    return paper.line(
        "incident",
        {
            "jurisdiction_id": opening.service.jurisdiction_id,
            "service_id": opening.service.id,
            "service_version_id": opening.service.version_id,
            "state": State.RECEIVED.value,
            "severity": opening.severity.value,
            "department_id": queue.department_id,
            "queue_id": queue.id,
            "is_sensitive": opening.privacy is Privacy.SENSITIVE,
            "lon": plain_number(spot.point.lon),
            "lat": plain_number(spot.point.lat),
            "precision": spot.precision.value,
            "address": spot.address,
            "areas": list(spot.areas),
            "opened_at": at,
            "updated_at": at,
            "why_here": [
                {"code": reason.code, "facts": dict(reason.facts)} for reason in opening.routed.why
            ],
            "active_cases": 1,
            "origin": by.origin,
        },
    )


def _case(paper: Paper, opening: Opening, incident: Printed, office: Office, by: Said) -> Held:
    at, spot = iso(opening.opened_at), opening.spot
    is_sensitive = opening.privacy is Privacy.SENSITIVE
    line = paper.line(
        "case",
        {
            "jurisdiction_id": opening.service.jurisdiction_id,
            "number": opening.number,
            "foreign_number": opening.foreign_number,
            "person_id": opening.person_id,
            "interaction_id": opening.interaction_id,
            "incident_id": incident.line.key,
            "service_version_id": opening.service.version_id,
            "channel": opening.channel.value,
            "language": opening.language,
            "privacy": opening.privacy.value,
            "is_sensitive": is_sensitive,
            "standing": Standing.ACTIVE.value,
            "description": opening.description,
            "public_text": opening.public_text,
            "answers": {code: list(values) for code, values in (opening.answers or {}).items()},
            "media_urls": list(opening.media_urls),
            "lon": plain_number(spot.point.lon),
            "lat": plain_number(spot.point.lat),
            "precision": spot.precision.value,
            "address": spot.address,
            "address_id": spot.address_id,
            "areas": list(spot.areas),
            "hazard": opening.hazard,
            "opened_at": at,
            "updated_at": at,
            "origin": by.origin,
        },
    )
    membership = paper.line(
        "membership",
        {
            "case_id": line.key,
            "incident_id": incident.line.key,
            "is_sensitive": is_sensitive,
            "from_at": at,
        },
    )
    case = Held(line, membership, _clocks(paper, opening, line.key, office))
    incident.cases.append(case)
    return case


def _clocks(paper: Paper, opening: Opening, case_id: int, office: Office) -> list[Ticking]:
    if opening.promised_at is not None:
        return [_kept(paper, opening, case_id, office, opening.promised_at)]
    service, at = opening.service, opening.opened_at
    promise = _promise(paper, opening, case_id, service.promise_text)
    calendar_id = office.calendar_id(service.calendar) if service.targets else 0
    return [
        _clock(paper, opening, promise, office, calendar_id, target, due)
        for target in service.targets
        for due in (office.due_at(calendar_id, at, target),)
    ]


def _kept(
    paper: Paper, opening: Opening, case_id: int, office: Office, promised_at: datetime
) -> Ticking:
    """As ``clocks.keep_promise``."""
    hours = (promised_at - opening.opened_at).total_seconds() / 3600
    target = SlaTarget(
        Target.RESOLVE, min(max(hours, _LEAST_HOURS), LONGEST_HOURS), Counting.ELAPSED
    )
    calendar_id = office.organisation.queues[opening.service.queue_id].calendar_id
    promise = _promise(paper, opening, case_id, {})
    clock = _clock(paper, opening, promise, office, calendar_id, target, promised_at)
    clock.line["hours"] = plain_number(hours)
    return clock


def _promise(paper: Paper, opening: Opening, case_id: int, text: Mapping[str, str]) -> Line:
    return paper.line(
        "promise",
        {
            "case_id": case_id,
            "service_version_id": opening.service.version_id,
            "text": dict(text),
            "made_at": iso(opening.opened_at),
        },
    )


def _clock(
    paper: Paper,
    opening: Opening,
    promise: Line,
    office: Office,
    calendar_id: int,
    target: SlaTarget,
    due: datetime,
) -> Ticking:
    warn = warn_at(opening.opened_at, due)
    line = paper.line(
        "clock",
        {
            "promise_id": promise.key,
            "case_id": promise["case_id"],
            "calendar_id": calendar_id,
            "target": target.target.value,
            "counting": target.counting.value,
            "hours": plain_number(float(target.hours)),
            "state": RUNNING,
            "started_at": iso(opening.opened_at),
            "due_at": iso(due),
            "warn_at": iso(warn),
        },
    )
    hours = office.timetables.get(calendar_id)
    return Ticking(line, target, hours, opening.opened_at, due, warn)


def _photos(paper: Paper, opening: Opening, incident: Printed, case: Held) -> list[Line]:
    """As ``cases.actions.open_case.photo_rows``."""
    return [
        paper.line(
            "attachment",
            {
                "jurisdiction_id": opening.service.jurisdiction_id,
                "case_id": case.line.key,
                "incident_id": incident.line.key,
                "created_at": iso(opening.opened_at),
                **columns,
            },
        )
        for columns in map(photo_columns, opening.attachments)
    ]


def _tell(
    paper: Paper,
    kind: EventKind,
    opening: Opening,
    incident: Printed,
    case: Held,
    by: Said,
    facts: Mapping[str, Json],
) -> None:
    promise, photos = paper.newest("promise"), _photos(paper, opening, incident, case)
    rows = [incident.line, case.line, case.membership, promise, *photos]
    paper.tell(
        incident.stream,
        kind,
        by=by,
        at=iso(opening.opened_at),
        facts={**opening_facts(opening, incident.line["why_here"]), **facts},
        rows=[*rows, *(clock.line for clock in case.clocks)],
        case_id=case.line.key,
        visibility=visibility_of(opening),
    )
