"""Loads areas from plain values; an outline that changed ends and a new one begins.

Areas of a pack and areas of a file do not touch each other: a file's layer stays when the pack
is loaded again, and a layer that a file brought is left out of the pack's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from shapely.geometry import shape

from hark311.domain.place_text import fold_name
from hark311.government.models import Jurisdiction
from hark311.places.models import FILE, PACK, Area
from hark311.platform.rows import RowChange

_WORDS = 400


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
    """Bring the pack's areas up to date; old versions stay, ended at ``at``."""
    current = Area.objects.filter(jurisdiction=jurisdiction, valid_to__isnull=True)
    filed = set(current.filter(source=FILE).values_list("layer", flat=True))
    own = [outline for outline in outlines if outline.layer not in filed]
    return _bring(jurisdiction, own, list(current.filter(source=PACK)), PACK, at)


def load_layer(
    jurisdiction: Jurisdiction, layer: str, outlines: Iterable[Outline], *, at: datetime
) -> list[RowChange]:
    """Make the outlines of a file the only areas of a layer, also where a pack had some."""
    current = Area.objects.filter(jurisdiction=jurisdiction, layer=layer, valid_to__isnull=True)
    return _bring(jurisdiction, outlines, list(current), FILE, at)


def mark_new_ground(jurisdiction: Jurisdiction) -> None:
    """What was read or drawn of the areas, streets and landmarks before is old from here on."""
    Jurisdiction.objects.filter(pk=jurisdiction.pk).update(ground_version=F("ground_version") + 1)
    jurisdiction.refresh_from_db(fields=["ground_version"])


def words_of(names: Iterable[str]) -> str:
    """Several names in one spelling, as the search reads them: ``| main st | high st |``."""
    folded = dict.fromkeys(filter(None, (fold_name(name) for name in names)))
    return f"| {' | '.join(folded)[: _WORDS - 4]} |" if folded else ""


def _bring(
    jurisdiction: Jurisdiction,
    outlines: Iterable[Outline],
    rows: list[Area],
    source: str,
    at: datetime,
) -> list[RowChange]:
    current = {(row.layer, row.code): row for row in rows}
    changes = []
    for outline in outlines:
        row = current.pop((outline.layer, outline.code), None)
        if row is not None and _is_same(row, outline, source):
            continue
        if row is not None:
            _end(row, at)
        _begin(jurisdiction, outline, source, at)
        verb = "change" if row is not None else "add"
        changes.append(RowChange(verb, f"area {outline.layer}:{outline.code}"))
    for row in current.values():
        _end(row, at)
        changes.append(RowChange("retire", f"area {row}"))
    return changes


def _is_same(row: Area, outline: Outline, source: str) -> bool:
    return (
        row.shape == dict(outline.geometry)
        and row.names == dict(outline.names)
        and row.words == words_of(outline.names.values())
        and row.is_schematic == outline.is_schematic
        and row.source == source
    )


def _begin(jurisdiction: Jurisdiction, outline: Outline, source: str, at: datetime) -> None:
    # Inside even where the middle of the outline is not.
    center = shape(outline.geometry).representative_point()
    Area.objects.create(
        jurisdiction=jurisdiction,
        layer=outline.layer,
        code=outline.code,
        names=dict(outline.names),
        words=words_of(outline.names.values()),
        shape=dict(outline.geometry),
        center_lon=center.x,
        center_lat=center.y,
        is_schematic=outline.is_schematic,
        source=source,
        valid_from=at,
    )


def _end(row: Area, at: datetime) -> None:
    row.valid_to = at
    row.save(update_fields=["valid_to"])
