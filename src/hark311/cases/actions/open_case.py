"""Opens a case: with an incident of its own, or joining one that is open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.cases import clocks
from hark311.cases.ledger import Json, record
from hark311.cases.locks import lock_incident
from hark311.cases.models import (
    Attachment,
    Case,
    Clock,
    Incident,
    LedgerRow,
    Membership,
    Promise,
)
from hark311.catalog.queries import Service
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import CannotMerge
from hark311.domain.lifecycle import State
from hark311.domain.place import Point
from hark311.domain.routing import Routed
from hark311.domain.vocabulary import (
    Channel,
    EventKind,
    LocationPrecision,
    Privacy,
    Severity,
    Standing,
    Visibility,
)
from hark311.government.queries import Organisation
from hark311.platform import media


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is: a point that always exists, what it means, and the areas around it."""

    point: Point
    precision: LocationPrecision
    address: str = ""
    address_id: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything a new case starts with; the reading and checking is done by then.

    opened_at: when the person reported it. person_id is None for what staff found.
    attachments: storage keys of pictures, which nobody outside sees until they are checked.
    promised_at: by when another system promised it; takes the place of the service's promise.
    """

    number: str
    service: Service
    organisation: Organisation
    routed: Routed
    spot: Spot
    opened_at: datetime
    channel: Channel
    language: str
    privacy: Privacy
    description: str = ""
    public_text: str = ""
    answers: Mapping[str, tuple[str, ...]] | None = None
    media_urls: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    person_id: int | None = None
    interaction_id: int | None = None
    hazard: str = ""
    severity: Severity = Severity.NORMAL
    foreign_number: str = ""
    promised_at: datetime | None = None


@transaction.atomic(savepoint=False)
def open_case(opening: Opening, *, actor: Actor) -> Case:
    """Open a case with a new incident of its own, in the queue it was routed to."""
    _require_reporting(actor)
    incident = new_incident(opening, actor)
    case, rows = case_rows(opening, incident, actor)
    clocks.set_due(incident, (row for row in rows if isinstance(row, Clock)))
    _record(EventKind.RECEIVED, opening, case, incident, [incident, *rows], actor)
    return case


@transaction.atomic
def join_case(opening: Opening, incident_id: int, *, actor: Actor) -> Case:
    """Open a case that joins an open incident; its number, person and promise stay its own.

    Raises NotFound, and CannotMerge(reason) if the incident is closed or merged away, or if
    either side is sensitive.
    """
    _require_reporting(actor)
    incident = lock_incident(incident_id, actor)
    if incident.is_sensitive or opening.privacy is Privacy.SENSITIVE:
        raise CannotMerge(reason="sensitive")
    if not State(incident.state).is_open:
        raise CannotMerge(reason="closed")
    if incident.merged_into_id is not None:
        raise CannotMerge(reason="merged")
    case, rows = case_rows(opening, incident, actor)
    settled = [row for row in rows if isinstance(row, Clock)]
    clocks.agree_with(incident, settled, opening.opened_at, opening.organisation)
    incident.asked_again += 1
    incident.updated_at = opening.opened_at
    _record(EventKind.JOINED, opening, case, incident, [*rows, incident], actor)
    return case


def _require_reporting(actor: Actor) -> None:
    """Residents and keys report for themselves; staff need the right to do it for others."""
    if actor.kind is ActorKind.STAFF:
        require(actor, Permission.REPORT_FOR_OTHERS)


def new_incident(opening: Opening, actor: Actor) -> Incident:
    """The incident of its own that a case opens; nothing is saved."""
    queue = opening.organisation.queue_by_code(opening.routed.queue)
    return Incident(
        jurisdiction_id=opening.service.jurisdiction_id,
        service_id=opening.service.id,
        service_version_id=opening.service.version_id,
        state=State.RECEIVED.value,
        severity=opening.severity.value,
        department_id=queue.department_id,
        queue_id=queue.id,
        is_sensitive=opening.privacy is Privacy.SENSITIVE,
        lon=opening.spot.point.lon,
        lat=opening.spot.point.lat,
        precision=opening.spot.precision.value,
        address=opening.spot.address,
        areas=list(opening.spot.areas),
        opened_at=opening.opened_at,
        updated_at=opening.opened_at,
        why_here=[
            {"code": reason.code, "facts": dict(reason.facts)} for reason in opening.routed.why
        ],
        active_cases=1,
        origin=actor.origin.value,
    )


def case_rows(opening: Opening, incident: Incident, actor: Actor) -> tuple[Case, list[LedgerRow]]:
    """The case and all rows that begin with it, the case first; nothing is saved."""
    is_sensitive = opening.privacy is Privacy.SENSITIVE
    case = Case(
        jurisdiction_id=opening.service.jurisdiction_id,
        number=opening.number,
        foreign_number=opening.foreign_number,
        person_id=opening.person_id,
        interaction_id=opening.interaction_id,
        incident=incident,
        service_version_id=opening.service.version_id,
        channel=opening.channel.value,
        language=opening.language,
        privacy=opening.privacy.value,
        is_sensitive=is_sensitive,
        standing=Standing.ACTIVE.value,
        description=opening.description,
        public_text=opening.public_text,
        answers={code: list(values) for code, values in (opening.answers or {}).items()},
        media_urls=list(opening.media_urls),
        lon=opening.spot.point.lon,
        lat=opening.spot.point.lat,
        precision=opening.spot.precision.value,
        address=opening.spot.address,
        address_id=opening.spot.address_id,
        areas=list(opening.spot.areas),
        hazard=opening.hazard,
        opened_at=opening.opened_at,
        updated_at=opening.opened_at,
        origin=actor.origin.value,
    )
    membership = Membership(
        case=case, incident=incident, is_sensitive=is_sensitive, from_at=opening.opened_at
    )
    promise, case_clocks = _promised(opening, case)
    return case, [
        case,
        membership,
        promise,
        *case_clocks,
        *photo_rows(opening.attachments, case, incident, at=opening.opened_at),
    ]


def _promised(opening: Opening, case: Case) -> tuple[Promise, list[Clock]]:
    service, organisation, opened_at = opening.service, opening.organisation, opening.opened_at
    if opening.promised_at is not None:
        return clocks.keep_promise(
            case, service, organisation, opened_at=opened_at, due_at=opening.promised_at
        )
    return clocks.make_promise(case, service, organisation, opened_at=opened_at, at=opened_at)


def photo_rows(
    keys: Sequence[str], case: Case, incident: Incident, *, at: datetime
) -> list[Attachment]:
    """Pictures that a reporter sent, by their storage keys; nothing is saved."""
    return [
        Attachment(
            jurisdiction_id=case.jurisdiction_id,
            case=case,
            incident=incident,
            created_at=at,
            **columns,
        )
        for columns in map(photo_columns, keys)
    ]


def photo_columns(key: str) -> dict[str, Json]:
    """What the row of a picture says of the picture itself."""
    content = media.read(key)
    return {
        "kind": "photo",
        "storage_key": key,
        "content_type": media.content_type_of(key),
        "size": len(content),
        "digest": sha256(content).hexdigest(),
    }


def _record(
    kind: EventKind,
    opening: Opening,
    case: Case,
    incident: Incident,
    rows: list[LedgerRow],
    actor: Actor,
) -> None:
    record(
        incident,
        kind,
        actor=actor,
        at=opening.opened_at,
        facts=opening_facts(opening, incident.why_here),
        rows=rows,
        case=case,
        visibility=visibility_of(opening),
    )


def opening_facts(opening: Opening, why_here: Json) -> dict[str, Json]:
    """What the event of an opening tells."""
    return {
        "number": opening.number,
        "service": opening.service.code,
        "channel": opening.channel.value,
        "queue": opening.routed.queue,
        "why": why_here,
    }


def visibility_of(opening: Opening) -> Visibility:
    """Who may read the event of an opening."""
    return Visibility.PUBLIC if opening.privacy is Privacy.PUBLIC else Visibility.REPORTER
