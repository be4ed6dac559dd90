"""Read a city pack from its folder, or say everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from yaml.nodes import MappingNode

from hark311.catalog.pack.checks.areas import check_areas
from hark311.catalog.pack.checks.codes import check_codes, check_local_codes
from hark311.catalog.pack.checks.cycles import check_cycles
from hark311.catalog.pack.checks.ground import check_ground
from hark311.catalog.pack.checks.languages import check_languages
from hark311.catalog.pack.checks.messages import check_messages
from hark311.catalog.pack.checks.offices import check_offices
from hark311.catalog.pack.checks.phone import check_phone
from hark311.catalog.pack.checks.routing import check_routing
from hark311.catalog.pack.checks.services import check_services
from hark311.catalog.pack.checks.texts import check_texts
from hark311.catalog.pack.city_format import Brand, City, Contact, Limits
from hark311.catalog.pack.marks import Fault, Place, Word
from hark311.catalog.pack.outlines import areas_of_file
from hark311.catalog.pack.pack_format import Layer, Pack
from hark311.catalog.pack.reading import Reading, did_you_mean
from hark311.catalog.pack.records import keys_of
from hark311.catalog.pack.tree import compose, entries, pack_files
from hark311.domain.errors import BadPack


def check_pack(folder: Path) -> list[Fault]:
    """Every fault of the pack in the folder, by file and line; empty if it can be loaded."""
    return _read(folder)[1]


def read_pack(folder: Path) -> Pack:
    """The pack in the folder.

    Raises BadPack, with ``faults``, if there is any.
    """
    pack, faults = _read(folder)
    if faults:
        raise BadPack(folder=folder.name, faults=tuple(faults))
    return pack


def _read(folder: Path) -> tuple[Pack, list[Fault]]:
    reading = Reading()
    pack = _assemble(_sections(folder, reading), folder, reading)
    for layer in pack.layers:
        for area in layer.areas:
            reading.codes.setdefault("area", []).append(
                Word(f"{layer.code}:{area.code}", area.code.at)
            )
    _check(pack, reading)
    return pack, sorted(set(reading.faults))


def _check(pack: Pack, reading: Reading) -> None:
    check_local_codes(pack, reading)
    check_codes(reading)
    check_languages(pack, reading)
    check_cycles(pack, reading)
    check_offices(pack, reading)
    check_phone(pack, reading)
    check_areas(pack, reading)
    check_ground(pack, reading)
    check_services(pack, reading)
    check_routing(pack, reading)
    check_messages(pack, reading)
    check_texts(pack, reading)


def _sections(folder: Path, reading: Reading) -> dict[str, Any]:
    """The sections of all files together: lists and mappings grow, other sections come once."""
    sections: dict[str, Any] = {}
    files = pack_files(folder)
    if not files:
        reading.fault(Place(".", 1), "There is no YAML file.", "Copy the example pack here.")
        return sections
    written: set[str] = set()
    for path in files:
        name = path.relative_to(folder).as_posix()
        root = compose(path, name, reading.faults)
        if isinstance(root, MappingNode):
            _read_file(root, sections, written, reading)
        elif root is not None:
            reading.fault(Place.of(root), "The file has no sections.", "Begin with `city:`.")
        reading.is_whole = reading.is_whole and root is not None
    if reading.is_whole:
        _check_sections(Place(files[0].relative_to(folder).as_posix(), 1), written, reading)
    return sections


def _check_sections(at: Place, written: set[str], reading: Reading) -> None:
    for section, known in keys_of(Pack).items():
        if known.required and section not in written:
            message = f"The section {section!r} is missing in the pack."
            reading.fault(at, message, f"Add `{section}:` with {known.shape.about}.")


def _read_file(
    root: MappingNode, sections: dict[str, Any], written: set[str], reading: Reading
) -> None:
    known = keys_of(Pack)
    for key_node, value_node in entries(root, reading.faults):
        section, at = key_node.value, Place.of(key_node)
        if section not in known:
            reading.fault(at, f"Unknown section {section!r}.", did_you_mean(section, known))
            continue
        written.add(section)
        value = known[section].shape.read(value_node, reading)
        if value is not None:
            sections[section] = _joined(section, sections.get(section), value, at, reading)


def _joined(section: str, before: Any, value: Any, at: Place, reading: Reading) -> Any:
    if before is None:
        return value
    if isinstance(value, tuple):
        return (*before, *value)
    if isinstance(value, Mapping) and not set(before) & set(value):
        return MappingProxyType({**before, **value})
    reading.fault(at, f"The section {section!r} is there already.", "Keep it in one file.")
    return before


def _assemble(sections: dict[str, Any], folder: Path, reading: Reading) -> Pack:
    """The pack, with empty stand-ins for sections that could not be read.

    The stand-ins let the checks go on; they are never given away, since a fault was noted.
    """
    at = Place(".", 1)
    found: dict[str, Any] = {
        section: () for section, known in keys_of(Pack).items() if known.required
    }
    found["city"] = _unread_city(at)
    found.update(sections)
    layers: tuple[Layer, ...] = found.get("layers", ())
    found["layers"] = tuple(
        replace(layer, areas=(*layer.areas, *areas_of_file(layer, folder, reading)))
        for layer in layers
    )
    return Pack(at=at, **found)


def _unread_city(at: Place) -> City:
    world = (-180.0, -90.0, 180.0, 90.0)
    return City(
        at=at,
        key=Word("", at),
        names={},
        zone=ZoneInfo("UTC"),
        hosts=(),
        brand=Brand(at=at, hue=0),
        contact=Contact(at=at, phone=None, email=None, url=None, address=None),
        limits=Limits(at=at, schematic=True, box=world, polygon=None),
        center=None,
        fallback_queue=Word("", at),
    )
