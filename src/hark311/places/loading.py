"""Loads areas from plain values; an outline that changed ends and a new one begins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely.geometry import shape

from hark311.government.models import Jurisdiction
from hark311.places.models import Area
from hark311.platform.rows import RowChange


@dataclass(frozen=True, slots=True)
class Outline:
    """One area as a pack gives it; geometry is GeoJSON, WGS 84."""

    layer: str
    code: str
    names: Mapping[str, str]
    geometry: Mapping[str, Any]
    is_schematic: bool


def load_areas(
    jurisdiction: Jurisdiction, outlines: Iterable[Outline], *, at: datetime
) -> list[RowChange]:
    """Bring the current areas up to date; old versions stay, ended at ``at``."""
    current = {
        (row.layer, row.code): row
        for row in Area.objects.filter(jurisdiction=jurisdiction, valid_to__isnull=True)
    }
    changes = []
    for outline in outlines:
        row = current.pop((outline.layer, outline.code), None)
        if row is not None and _is_same(row, outline):
            continue
        if row is not None:
            _end(row, at)
        _begin(jurisdiction, outline, at)
        verb = "change" if row is not None else "add"
        changes.append(RowChange(verb, f"area {outline.layer}:{outline.code}"))
    for row in current.values():
        _end(row, at)
        changes.append(RowChange("retire", f"area {row}"))
    return changes


def _is_same(row: Area, outline: Outline) -> bool:
    return (
        row.shape == dict(outline.geometry)
        and row.names == dict(outline.names)
        and row.is_schematic == outline.is_schematic
    )


def _begin(jurisdiction: Jurisdiction, outline: Outline, at: datetime) -> None:
    # Inside even where the middle of the outline is not.
    center = shape(outline.geometry).representative_point()
    Area.objects.create(
        jurisdiction=jurisdiction,
        layer=outline.layer,
        code=outline.code,
        names=dict(outline.names),
        shape=dict(outline.geometry),
        center_lon=center.x,
        center_lat=center.y,
        is_schematic=outline.is_schematic,
        valid_from=at,
    )


def _end(row: Area, at: datetime) -> None:
    row.valid_to = at
    row.save(update_fields=["valid_to"])
