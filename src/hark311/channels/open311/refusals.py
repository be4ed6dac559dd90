"""Turns what was refused into a status and a list of errors, as GeoReport wants them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hark311.channels.open311.document import Document, Items, Node, rows
from hark311.channels.open311.words import key_for, sentence_for
from hark311.domain.draft import OfferedCandidate
from hark311.domain.errors import CannotMerge, HarkError, TooMany, Unavailable
from hark311.platform.problem import STATUS

METHOD = "method"
CANDIDATES = "may_be_known"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status, the list of errors, and headers of its own."""

    status: int
    document: Document
    headers: Mapping[str, str] = field(default_factory=dict)


# GeoReport knows one status for whatever the client can correct.
_ITS_OWN = frozenset({400, 403, 404, 409, 429, 503})


def status_of(error: HarkError) -> int:
    """The HTTP status of a refusal: the platform's where GeoReport has it, else 400."""
    if error.facts.get("reason") == METHOD:
        return 405
    if isinstance(error, CannotMerge):
        return 409
    status = STATUS[error.code]
    return status if status in _ITS_OWN else 400


def refusal_of(error: HarkError, language: str) -> Refusal:
    """The refusal of an error, worded in the language that is active now."""
    status = status_of(error)
    entry: dict[str, Node] = {
        "code": str(status),
        "description": sentence_for(error, language),
        "reason": key_for(error),
        **_field_of(error),
        **_candidates_of(error),
    }
    return Refusal(status, rows("errors", "error", [entry]), _headers_of(error))


def _field_of(error: HarkError) -> dict[str, Node]:
    question = error.facts.get("question")
    if question:
        return {"field": f"attribute[{question}]"}
    axis = error.facts.get("axis")
    if axis:
        return {"field": "long" if axis == "lon" else "lat"}
    name = error.facts.get("field")
    return {"field": str(name)} if name else {}


def _candidates_of(error: HarkError) -> dict[str, Node]:
    offered = error.facts.get("candidates")
    if not isinstance(offered, tuple):
        return {}
    return {"candidates": Items("candidate", tuple(_candidate(one) for one in offered))}


def _candidate(offered: OfferedCandidate) -> Node:
    return {
        "service_request_id": offered.number,
        "service_code": offered.service_code,
        "service_name": offered.service_name,
        "description": offered.text,
        "address": offered.place_text,
        "requested_datetime": offered.opened_at.isoformat(timespec="seconds"),
        "distance": offered.distance_m,
    }


def _headers_of(error: HarkError) -> dict[str, str]:
    if isinstance(error, TooMany | Unavailable):
        return {"Retry-After": str(error.facts.get("retry_after_s", 60))}
    if "allowed" in error.facts:
        return {"Allow": str(error.facts["allowed"])}
    return {}
