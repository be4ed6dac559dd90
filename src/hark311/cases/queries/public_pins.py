"""Chooses public cases by their pins: the conditions that lists and maps share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from hark311.cases.models import MapPin
from hark311.cases.queries.public import PublicFilter
from hark311.catalog.models import ServiceDefinition
from hark311.domain.lifecycle import PublicStatus
from hark311.government.models import Jurisdiction

Value = bool | int | float | str | datetime | list[Any]

# A case that the reader of the map has not come to yet, in the shape of a pin.
_FRESH = """(
  SELECT one.id AS case_id, one.jurisdiction_id, incident.service_id,
    one.standing = 'active' AND incident.state <> 'closed' AS is_open,
    one.precision = 'point' AS is_exact, one.lon, one.lat, one.opened_at,
    ARRAY(SELECT jsonb_array_elements_text(one.areas))::varchar[] AS areas
  FROM cases_case one JOIN cases_incident incident ON incident.id = one.incident_id
  WHERE one.privacy = 'public' AND one.jurisdiction_id = %(city)s
    AND one.id > %(pinned)s
  OFFSET 0
)"""
SOURCES = ("cases_mappin", _FRESH)
_SERVICES = "service_id = ANY(%(services)s)"
_SERVICE = "service_id = %(service)s"
_BOX = "is_exact AND point(lon, lat) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"
_WORDS = (
    "EXISTS (SELECT 1 FROM cases_case said WHERE said.id = pin.case_id AND "
    "to_tsvector('simple'::regconfig, COALESCE(said.public_text, '')) "
    "@@ to_tsquery('simple'::regconfig, %(words)s))"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A WHERE over pins, with its values; ``is_nothing`` where no row can fit."""

    where: str
    values: dict[str, Value]
    is_nothing: bool = False


def chosen_by(jurisdiction: Jurisdiction, wanted: PublicFilter) -> Chosen:
    """The condition that a filter means; one statement, two where services are named."""
    parts = ["pin.jurisdiction_id = %(city)s"]
    # Asked by itself: with its value at hand the planner knows how few come after.
    pinned = MapPin.objects.aggregate(last=Max("case_id"))["last"] or 0
    found: dict[str, Value] = {"city": jurisdiction.pk, "pinned": pinned}
    if wanted.service_codes:
        # With the ids at hand the planner walks the index of one service in order.
        ids = service_ids(jurisdiction, wanted.service_codes)
        parts.append(_SERVICE if len(ids) == 1 else _SERVICES)
        found |= {"service": ids[0]} if len(ids) == 1 else {"services": list(ids)}
    if len(wanted.statuses) == 1:
        parts.append("is_open" if PublicStatus.OPEN in wanted.statuses else "NOT is_open")
    if wanted.area:
        parts.append("areas @> ARRAY[%(area)s]::varchar[]")
        found["area"] = wanted.area
    _add_times(wanted, parts, found)
    _add_box(wanted, parts, found)
    words = _all_of(wanted.words)
    if words:
        parts.append(_WORDS)
        found["words"] = words
    return Chosen(" AND ".join(parts), found, is_nothing=bool(wanted.words.strip()) and not words)


def service_ids(jurisdiction: Jurisdiction, codes: Sequence[str]) -> tuple[int, ...]:
    """The ids of services by code, also of those no longer offered; one statement."""
    rows = ServiceDefinition.objects.filter(jurisdiction=jurisdiction, code__in=codes)
    return tuple(rows.values_list("pk", flat=True))


def _add_times(wanted: PublicFilter, parts: list[str], found: dict[str, Value]) -> None:
    if wanted.opened_from:
        parts.append("opened_at >= %(opened_from)s")
        found["opened_from"] = wanted.opened_from
    if wanted.opened_to:
        parts.append("opened_at <= %(opened_to)s")
        found["opened_to"] = wanted.opened_to


def _add_box(wanted: PublicFilter, parts: list[str], found: dict[str, Value]) -> None:
    if wanted.box:
        parts.append(_BOX)
        found |= dict(zip(("west", "south", "east", "north"), wanted.box, strict=True))


def _all_of(words: str) -> str:
    """All the words, each by how it begins: ``hole:* & road:*``."""
    return " & ".join(f"{word}:*" for word in re.findall(r"\w+", words.casefold())[:8])
