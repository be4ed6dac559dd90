"""Prints how a case opens: with an incident of its own, or joining one that is open."""

from collections.abc import Mapping
from typing import Any

from hark311.cases.actions.open_case import Opening, visibility_of
from hark311.cases.press import clocks
from hark311.cases.press.paper import Line, Paper, Said, Stream, iso
from hark311.cases.press.standing import RUNNING, Held, Office, Printed, Ticking
from hark311.cases.press.tables import plain_number
from hark311.domain.lifecycle import State
from hark311.domain.promises import warn_at
from hark311.domain.vocabulary import EventKind, Privacy, Standing

Json = Any


def open_case(paper: Paper, opening: Opening, office: Office, *, by: Said) -> Printed:
    """As ``cases.actions.open_case.open_case``."""
    line = _incident(paper, opening, office, by)
    incident = Printed(line, Stream(line))
    case = _case(paper, opening, incident, office, by)
    incident.derive()
    _tell(paper, EventKind.RECEIVED, opening, incident, case, by)
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
    _tell(paper, EventKind.JOINED, opening, incident, case, by)
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
    service, at = opening.service, iso(opening.opened_at)
    promise = paper.line(
        "promise",
        {
            "case_id": case_id,
            "service_version_id": service.version_id,
            "text": dict(service.promise_text),
            "made_at": at,
        },
    )
    calendar_id = office.calendar_id(service.calendar) if service.targets else 0
    ticking = []
    for target in service.targets:
        hours = office.timetables[calendar_id]
        due = hours.due_at(opening.opened_at, target)
        warn = warn_at(opening.opened_at, due)
        line = paper.line(
            "clock",
            {
                "promise_id": promise.key,
                "case_id": case_id,
                "calendar_id": calendar_id,
                "target": target.target.value,
                "counting": target.counting.value,
                "hours": plain_number(float(target.hours)),
                "state": RUNNING,
                "started_at": at,
                "due_at": iso(due),
                "warn_at": iso(warn),
            },
        )
        ticking.append(Ticking(line, target, hours, opening.opened_at, due, warn))
    return ticking


def _tell(
    paper: Paper, kind: EventKind, opening: Opening, incident: Printed, case: Held, by: Said
) -> None:
    promise = paper.newest("promise")
    rows = [incident.line, case.line, case.membership, promise]
    paper.tell(
        incident.stream,
        kind,
        by=by,
        at=iso(opening.opened_at),
        facts=_facts(opening, incident),
        rows=[*rows, *(clock.line for clock in case.clocks)],
        case_id=case.line.key,
        visibility=visibility_of(opening),
    )


def _facts(opening: Opening, incident: Printed) -> Mapping[str, Json]:
    return {
        "number": opening.number,
        "service": opening.service.code,
        "channel": opening.channel.value,
        "queue": opening.routed.queue,
        "why": incident.line["why_here"],
    }
