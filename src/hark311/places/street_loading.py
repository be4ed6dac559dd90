"""Loads the streets and landmarks of a pack from plain values; what vanished goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hark311.domain.place_text import fold_name
from hark311.government.models import Jurisdiction
from hark311.places.lines import middle_of
from hark311.places.loading import words_of
from hark311.places.models import FILE, PACK, Spot, Street
from hark311.platform.rows import RowChange, bring


@dataclass(frozen=True, slots=True)
class DrawnStreet:
    """A street as a pack draws it; parts as ``places.models.Street`` holds them."""

    name: str
    also: tuple[str, ...]
    parts: Sequence[Mapping[str, Any]]
    is_main: bool
    is_schematic: bool


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place people know by name. outline: a ring of positions, empty where there is none."""

    code: str
    kind: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    lon: float
    lat: float
    outline: Sequence[Sequence[float]]
    is_schematic: bool


def load_streets(jurisdiction: Jurisdiction, streets: Iterable[DrawnStreet]) -> list[RowChange]:
    """Bring the pack's streets up to date; one with known addresses stays, without its line."""
    changes, kept = [], set()
    for street in streets:
        key = fold_name(street.name)
        kept.add(key)
        middle = middle_of(street.parts)
        values = {
            "name": street.name,
            "words": words_of((street.name, *street.also)),
            "parts": [dict(part) for part in street.parts],
            "lon": middle.lon,
            "lat": middle.lat,
            "is_main": street.is_main,
            "is_schematic": street.is_schematic,
            "source": PACK,
        }
        where = {"jurisdiction": jurisdiction, "key": key}
        changes.append(bring(Street, where, values, f"street {key}")[1])
    gone = Street.objects.filter(jurisdiction=jurisdiction, source=PACK).exclude(key__in=kept)
    changes += [RowChange("retire", f"street {key}") for key in gone.values_list("key", flat=True)]
    gone.filter(spot__isnull=True).delete()
    gone.update(source=FILE, parts=[], is_main=False, is_schematic=False)
    return [change for change in changes if change is not None]


def load_landmarks(jurisdiction: Jurisdiction, landmarks: Iterable[Landmark]) -> list[RowChange]:
    """Bring the pack's landmarks up to date."""
    changes, kept = [], set()
    for landmark in landmarks:
        kept.add((landmark.kind, landmark.code))
        values = {
            "names": dict(landmark.names),
            "words": words_of((*landmark.names.values(), *landmark.also)),
            "lon": landmark.lon,
            "lat": landmark.lat,
            "shape": [list(position) for position in landmark.outline],
            "is_schematic": landmark.is_schematic,
            "source": PACK,
        }
        where = {"jurisdiction": jurisdiction, "kind": landmark.kind, "key": landmark.code}
        changes.append(bring(Spot, where, values, f"landmark {landmark.code}")[1])
    for row in Spot.objects.filter(jurisdiction=jurisdiction, source=PACK):
        if (row.kind, row.key) not in kept:
            row.delete()
            changes.append(RowChange("retire", f"landmark {row.key}"))
    return [change for change in changes if change is not None]
