"""Draws a window on a city's ground as lines and words of an SVG; needs no script and no tiles.

Pure: a ground, a view and pins in, a picture out. Few bytes: what cannot be seen is left out,
positions are whole pixels, and small streets go where the window is wide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import atan2, degrees, hypot

from shapely import clip_by_rect, simplify, transform
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from hark311.domain.matching import Box
from hark311.domain.mercator import View
from hark311.domain.place import Point
from hark311.domain.texts import in_language
from hark311.places.ground import DRAWN, Ground

WIDTH, HEIGHT = 640, 480
# Lines run on a little beyond the edge, so that their ends are not seen.
_MARGIN = 12
_TOLERANCE = 0.6
# Zooms from which small streets, the names of small streets, and other places are drawn.
_SMALL_STREETS, _SMALL_NAMES, _PLACES = 12.5, 14.5, 14.0
# A pin with nothing around it tells nobody where it is: so far a map goes back.
_STEPS_BACK = (14.0, 12.5)
_MOST_BYTES = 8_000
_MOST_LABELS = 22


@dataclass(frozen=True, slots=True)
class Pin:
    """Something to show at a point. kind: ``you``, or a state's shape; label: in full words."""

    point: Point
    kind: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPin:
    x: int
    y: int
    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, centered at x and y. kind: area, street, water, park or place."""

    x: int
    y: int
    turn: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What ``parts/_map.html`` shows. Each of park to main is the ``d`` of one SVG path."""

    width: int
    height: int
    park: str
    water: str
    street: str
    main: str
    area: str
    labels: tuple[Label, ...]
    pins: tuple[PlacedPin, ...]
    box: Box
    is_schematic: bool


@dataclass(slots=True)
class _Board:
    """Keeps names from standing on one another."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def has_room(self, x: float, y: float, across: float, down: float) -> bool:
        box = (x - across / 2, y - down / 2, x + across / 2, y + down / 2)
        if box[0] < 2 or box[1] < 2 or box[2] > WIDTH - 2 or box[3] > HEIGHT - 2:
            return False
        if any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.taken
        ):
            return False
        self.taken.append(box)
        return True


def view_of(points: Sequence[Point], ground: Ground, *, closest: float = 15.5) -> View:
    """A window with all the points and some room; the whole city where there are none."""
    if not points:
        return View.around(ground.box, WIDTH, HEIGHT)
    lons, lats = [point.lon for point in points], [point.lat for point in points]
    box = Box(min(lons), min(lats), max(lons), max(lats))
    inner = View.around(box, WIDTH - 120, HEIGHT - 140, closest=closest)
    return replace(inner, width=WIDTH, height=HEIGHT)


def draw_around(ground: Ground, language: str, pins: Sequence[Pin]) -> Picture:
    """The picture of these pins from as near as a street can be named, within reason."""
    points = [pin.point for pin in pins]
    picture = draw(ground, view_of(points, ground), language, pins)
    for closest in _STEPS_BACK:
        if any(label.kind == "street" for label in picture.labels):
            break
        picture = draw(ground, view_of(points, ground, closest=closest), language, pins)
    return picture


def draw(ground: Ground, view: View, language: str, pins: Iterable[Pin] = ()) -> Picture:
    """The picture of a window, with its names in a language."""
    placed = tuple(_placed(view, pins))
    board = _Board([(pin.x - 18, pin.y - 42, pin.x + 18, pin.y + 4) for pin in placed])
    with_small = view.zoom >= _SMALL_STREETS
    main = [street for street in ground.streets if street.is_main]
    small = [street for street in ground.streets if not street.is_main] if with_small else []
    shapes = {
        kind: _path(
            (place.outline for place in ground.places if place.kind == kind and place.outline), view
        )
        for kind in DRAWN
    }
    return Picture(
        width=view.width,
        height=view.height,
        park=shapes["park"],
        water=shapes["water"],
        street=_path((street.lines for street in small), view),
        main=_path((street.lines for street in main), view),
        area=_path((area.outline for area in ground.areas), view),
        labels=tuple(_labels(ground, view, language, board))[:_MOST_LABELS],
        pins=placed,
        box=view.box,
        is_schematic=ground.is_schematic,
    )


def _placed(view: View, pins: Iterable[Pin]) -> Iterator[PlacedPin]:
    for pin in pins:
        x, y = view.pixel(pin.point.lon, pin.point.lat)
        if -20 <= x <= view.width + 20 and -20 <= y <= view.height + 50:
            yield PlacedPin(round(x), round(y), pin.kind, pin.label, pin.url)


def on_screen(geometry: BaseGeometry, view: View) -> BaseGeometry:
    """What of a geometry is seen, in pixels, with no more points than the eye can tell apart."""
    box = view.box
    # Clipped in degrees first, so that only what is near is projected.
    room_x = (box.east - box.west) * _MARGIN / view.width
    room_y = (box.north - box.south) * _MARGIN / view.height
    near = clip_by_rect(
        geometry, box.west - room_x, box.south - room_y, box.east + room_x, box.north + room_y
    )
    if near.is_empty:
        return near
    flat = transform(near, lambda spots: [view.pixel(lon, lat) for lon, lat in spots.tolist()])
    return simplify(flat, _TOLERANCE)


def _path(geometries: Iterable[BaseGeometry | None], view: View) -> str:
    """One ``d`` for all; what would make the page heavy is left out."""
    pieces: list[str] = []
    length = 0
    for geometry in geometries:
        for piece in _pieces(on_screen(geometry, view)) if geometry is not None else ():
            length += len(piece)
            if length > _MOST_BYTES:
                return "".join(pieces)
            pieces.append(piece)
    return "".join(pieces)


def _pieces(geometry: BaseGeometry) -> Iterator[str]:
    for part in getattr(geometry, "geoms", (geometry,)):
        if isinstance(part, Polygon) and not part.is_empty:
            for ring in (part.exterior, *part.interiors):
                yield _steps(ring.coords) + "z"
        elif isinstance(part, LineString) and not part.is_empty:
            yield _steps(part.coords)


def _steps(spots: Iterable[tuple[float, ...]]) -> str:
    """Whole pixels from one point to the next: ``M10 20l5-3 2 8``."""
    whole = [(round(spot[0]), round(spot[1])) for spot in spots]
    (x, y), *_rest = whole
    steps = [
        f"{right} {down}"
        for (x1, y1), (x2, y2) in pairwise(whole)
        if (right := x2 - x1, down := y2 - y1) != (0, 0)
    ]
    return f"M{x} {y}" + (f"l{' '.join(steps)}" if steps else "h0")


def _labels(ground: Ground, view: View, language: str, board: _Board) -> Iterator[Label]:
    """Names in the order of what helps most; one that finds no room is left out."""
    for area in ground.areas if view.zoom < _PLACES else ():
        yield from _at(view, area.center, in_language(area.names, language), "area", board)
    for place in ground.places:
        if place.kind in DRAWN or view.zoom >= _PLACES:
            kind = place.kind if place.kind in DRAWN else "place"
            yield from _at(view, place.point, in_language(place.names, language), kind, board)
    for street in ground.streets:
        if street.is_main or view.zoom >= _SMALL_NAMES:
            yield from _along(street.name, on_screen(street.lines, view), board)


def _at(view: View, point: Point, text: str, kind: str, board: _Board) -> Iterator[Label]:
    x, y = view.pixel(point.lon, point.lat)
    if board.has_room(x, y, 7.4 * len(text) + 6, 17):
        yield Label(round(x), round(y), 0, kind, text)


def _along(text: str, line: BaseGeometry, board: _Board) -> Iterator[Label]:
    """The name on the straightest long stretch of its street, never upside down."""
    across = 5.6 * len(text) + 8
    stretches = [
        (start, end)
        for part in getattr(line, "geoms", (line,))
        if isinstance(part, LineString)
        for start, end in pairwise(part.coords)
    ]
    for start, end in sorted(stretches, key=lambda pair: -hypot(*_step(*pair))):
        right, down = _step(start, end)
        if hypot(right, down) < across:
            return
        turn = (degrees(atan2(down, right)) + 90) % 180 - 90
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        share = abs(right) / hypot(right, down)
        if board.has_room(x, y, across * share + 10, across * (1 - share) + 12):
            yield Label(round(x), round(y), round(turn), "street", text)
            return


def _step(start: tuple[float, ...], end: tuple[float, ...]) -> tuple[float, float]:
    return end[0] - start[0], end[1] - start[1]
