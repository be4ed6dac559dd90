"""One public case as a row of GeoReport: the fields of the specification, and ours on demand."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from hark311.cases.queries.public import PublicCase
from hark311.cases.wording import next_sentence, next_step_of
from hark311.channels.open311.document import Document, Items, Node, rows
from hark311.channels.open311.exchange import Call
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.texts import in_language
from hark311.platform import clock

LONGEST_DESCRIPTION = 4000


def case_rows(cases: Sequence[PublicCase], call: Call) -> Document:
    """The rows of these cases. ``extensions=true`` adds what the specification has no field for.

    Raises UnreadablePayload if ``extensions`` is neither true nor false.
    """
    zone = ZoneInfo(call.jurisdiction.zone)
    is_extended = call.parameters.truth("extensions")
    entries = []
    for case in cases:
        row = _row(case, call, zone)
        if is_extended:
            row["extended_attributes"] = _extended(case, call, zone)
        entries.append(row)
    return rows("service_requests", "request", entries)


def w3c(at: datetime, zone: ZoneInfo) -> str:
    """An instant to the second, with the offset it has in the city."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def _row(case: PublicCase, call: Call, zone: ZoneInfo) -> dict[str, Node]:
    language, base = call.language, call.base_url
    expected = _expected(case, zone)
    step = next_step_of(case, zone, language, now=clock.now())
    return {
        "service_request_id": case.number,
        "status": case.status.value,
        "status_notes": (case.closing_text or case.public_note) or None,
        "service_name": in_language(case.service.names, language),
        "service_code": case.service.code,
        "description": case.text[:LONGEST_DESCRIPTION],
        "agency_responsible": in_language(case.department.names, language),
        "service_notice": next_sentence(step, zone),
        "requested_datetime": w3c(case.opened_at, zone),
        "updated_datetime": w3c(case.updated_at, zone),
        "expected_datetime": w3c(expected, zone) if expected else None,
        "address": case.address or None,
        "address_id": case.address_id or None,
        "zipcode": None,
        "lat": case.point.lat,
        "long": case.point.lon,
        "media_url": next(iter(_media(case, base)), None),
    }


def _expected(case: PublicCase, zone: ZoneInfo) -> datetime | None:
    """The end of the day that the city expects, else when its promise falls due."""
    if case.status is PublicStatus.CLOSED:
        return None
    if case.expected_on is not None:
        return datetime.combine(case.expected_on, time(23, 59, 59), zone).astimezone(UTC)
    return None if case.is_paused else case.due_at


def _extended(case: PublicCase, call: Call, zone: ZoneInfo) -> Node:
    language, base = call.language, call.base_url
    return {
        "state": case.state.value,
        "waiting_for": case.waiting_for.value if case.waiting_for else None,
        "standing": case.standing.value,
        "outcome": case.outcome.value if case.outcome else None,
        "outcome_detail": case.outcome_detail or None,
        "closed_datetime": w3c(case.closed_at, zone) if case.closed_at else None,
        "due_datetime": w3c(case.due_at, zone) if case.due_at else None,
        "is_paused": case.is_paused,
        "expected_date": case.expected_on.isoformat() if case.expected_on else None,
        "dispute_answer_by": w3c(case.dispute_answer_by, zone) if case.dispute_answer_by else None,
        "public_note": case.public_note or None,
        "queue": in_language(case.queue.names, language),
        "requests_together": case.active_cases,
        "location_precision": case.precision.value,
        "areas": Items("area", case.areas),
        "media_urls": Items("media_url", _media(case, base)),
    }


def _media(case: PublicCase, base: str) -> tuple[str, ...]:
    """The addresses of pictures in full, also of those kept here."""
    return tuple(urljoin(base, url) for url in case.media_urls)
