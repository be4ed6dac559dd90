"""Takes values out of what a network sent, whatever stands where they should be."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from

Payload = Mapping[str, Any]
_NOTHING: Payload = {}


def part(payload: object, name: str) -> Payload:
    """A group of values; an empty one where there is none."""
    found = payload.get(name) if isinstance(payload, Mapping) else None
    return found if isinstance(found, Mapping) else _NOTHING


def parts(payload: object, name: str) -> Iterator[Payload]:
    """Each group of a list; none where there is no list."""
    found = payload.get(name) if isinstance(payload, Mapping) else None
    for one in found if isinstance(found, list) else ():
        if isinstance(one, Mapping):
            yield one


def word(payload: object, name: str) -> str:
    """A text or number as text; "" where there is none."""
    found = payload.get(name) if isinstance(payload, Mapping) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def moment(value: object, *, per_second: int = 1) -> datetime | None:
    """The instant of a count since 1970; None where it is none."""
    text = str(value or "")
    if not text.isdecimal() or len(text) > 16:
        return None
    try:
        return datetime.fromtimestamp(int(text) / per_second, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def instant(text: str) -> datetime | None:
    """The instant of an ISO text; None where it is none or has no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def point_of(payload: Payload) -> Point | None:
    """The point that ``latitude`` and ``longitude`` give."""
    lat, lon = payload.get("latitude"), payload.get("longitude")
    try:
        return point_from(str(lat), str(lon)) if lat is not None and lon is not None else None
    except BadPlace:
        return None
