"""Outlines are closed, simple and not empty."""

from hark311.catalog.pack.outlines import check_outline
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading


def check_areas(pack: Pack, reading: Reading) -> None:
    """Note faults of the city's limits, its neighbors and its areas."""
    check_outline(pack.city.limits, "the city", reading)
    for neighbor in pack.neighbors:
        check_outline(neighbor, f"the neighbor {str(neighbor.code)!r}", reading)
    for layer in pack.layers:
        if not layer.areas and layer.geojson is None:
            reading.fault(
                layer.at,
                f"The layer {str(layer.code)!r} has no areas.",
                "List them under `areas`, or name a file under `geojson`.",
            )
        for area in layer.areas:
            check_outline(area, f"the area {str(area.code)!r}", reading)
