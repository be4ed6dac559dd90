"""hark311 areas: loads the real outlines of a layer, such as neighborhoods or districts."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.db import transaction
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.validation import make_valid

from hark311.commands.which_city import city_named
from hark311.government.models import Jurisdiction
from hark311.places.loading import Outline, load_layer, mark_new_ground
from hark311.platform import clock
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 areas load districts.geojson --layer council --city ourtown"
_SHAPES = {"Polygon", "MultiPolygon"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("load",), metavar="load")
    parser.add_argument("file", type=Path, help="a GeoJSON FeatureCollection of polygons")
    parser.add_argument("--layer", required=True, metavar="L", help="a layer of the city's pack")
    parser.add_argument("--city", default="", metavar="C", help="which loaded city they divide")
    parser.add_argument("--code", default="code", metavar="P", help="property with the code (code)")
    parser.add_argument("--name", default="name", metavar="P", help="property with the name (name)")
    parser.add_argument(
        "--schematic", action="store_true", help="the outlines are sketches; pages say so"
    )


def run(args: Namespace) -> int:
    """Make the file's outlines the layer; loading the same again changes nothing."""
    jurisdiction = city_named(args.city)
    _check_layer(jurisdiction, args.layer)
    outlines = _outlines(args)
    with transaction.atomic():
        changes = load_layer(jurisdiction, args.layer, outlines, at=clock.now())
        if changes:
            mark_new_ground(jurisdiction)
    for change in changes:
        print(change)
    print(f"{jurisdiction.key}: {len(outlines)} areas, {len(changes)} changed")
    return 0


def _check_layer(jurisdiction: Jurisdiction, layer: str) -> None:
    known = [str(one["code"]) for one in jurisdiction.settings.get("layers", ())]
    if layer not in known:
        names = ", ".join(known) or "none"
        raise Trouble(f"the pack of {jurisdiction.key} has no layer {layer!r}; it has: {names}")


def _outlines(args: Namespace) -> list[Outline]:
    features = _features(args.file)
    found: dict[str, Outline] = {}
    for index, feature in enumerate(features, 1):
        outline = _outline(feature, args, index)
        if outline.code in found:
            raise Trouble(f"{args.file}: feature {index}: the code {outline.code!r} stands twice")
        found[outline.code] = outline
    return list(found.values())


def _features(path: Path) -> list[Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise Trouble(f"{path} is no JSON in UTF-8") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise Trouble(f"{path} is no GeoJSON FeatureCollection with features")
    return features


def _outline(feature: Any, args: Namespace, index: int) -> Outline:
    where = f"{args.file}: feature {index}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    code = str(properties.get(args.code) or "").strip()
    if not code:
        raise Trouble(f"{where} has no property {args.code!r}: name the one with --code")
    return Outline(
        layer=args.layer,
        code=code[:60],
        names={"en": str(properties.get(args.name) or code).strip()},
        geometry=_geometry(feature.get("geometry"), where),
        is_schematic=args.schematic,
    )


def _geometry(geometry: Any, where: str) -> dict[str, Any]:
    """The polygons of a feature; an outline that crosses itself is mended."""
    try:
        polygon = make_valid(shape(geometry))
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise Trouble(f"{where} has no geometry that can be read") from None
    if polygon.geom_type not in _SHAPES or polygon.is_empty:
        raise Trouble(f"{where} is no polygon")
    west, south, east, north = polygon.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Trouble(f"{where} is not in degrees of longitude and latitude")
    plain: dict[str, Any] = json.loads(json.dumps(mapping(polygon)))
    return plain
