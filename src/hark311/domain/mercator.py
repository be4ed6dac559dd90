"""Web Mercator, the projection of street maps on screens: degrees to pixels and back."""

import math
from dataclasses import dataclass
from typing import Self

from hark311.domain.matching import Box
from hark311.domain.place import Point

TOP = 85.0511287798
"""The latitude at which the square world ends."""
_TILE = 256.0


def project(lon: float, lat: float) -> tuple[float, float]:
    """The position in a world one unit wide and high: west and north are 0."""
    sine = math.sin(math.radians(max(-TOP, min(TOP, lat))))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def unproject(x: float, y: float) -> Point:
    """The point of a position in the unit world."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
    return Point(max(-180.0, min(180.0, (x - 0.5) * 360)), lat)


@dataclass(frozen=True, slots=True)
class View:
    """A window on the unit world: its middle, pixels per unit, and its size in pixels."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, box: Box, width: int, height: int, *, closest: float = 17.0) -> Self:
        """The closest window that shows the whole box, never closer than a zoom of ``closest``."""
        west, north = project(box.west, box.north)
        east, south = project(box.east, box.south)
        across, down = max(east - west, 1e-12), max(south - north, 1e-12)
        scale = min(width / across, height / down, _TILE * 2**closest)
        return cls((west + east) / 2, (north + south) / 2, scale, width, height)

    @property
    def zoom(self) -> float:
        """As map tiles count it: 0 shows the world in one tile of 256 pixels."""
        return math.log2(self.scale / _TILE)

    @property
    def box(self) -> Box:
        """What is seen, in degrees."""
        half_width, half_height = self.width / self.scale / 2, self.height / self.scale / 2
        corner = unproject(self.x - half_width, self.y + half_height)
        other = unproject(self.x + half_width, self.y - half_height)
        return Box(corner.lon, corner.lat, other.lon, other.lat)

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a position lies, from the upper left corner; it may lie outside."""
        x, y = project(lon, lat)
        return (
            (x - self.x) * self.scale + self.width / 2,
            (y - self.y) * self.scale + self.height / 2,
        )
