"""Draws the maps of residents' pages: a place to report, and the cases of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from hark311.cases.queries.public import PublicCase
from hark311.channels.web.visitor import Visitor
from hark311.domain.draft import OfferedCandidate
from hark311.domain.lifecycle import State
from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.domain.vocabulary import LocationPrecision, Standing
from hark311.places.drawing import Picture, Pin, draw, draw_around, view_of
from hark311.places.ground import ground_of

_KINDS = {
    State.RECEIVED: "new",
    State.ACKNOWLEDGED: "work",
    State.IN_PROGRESS: "work",
    State.WAITING: "wait",
    State.CLOSED: "shut",
}


def pin_kind(state: State, *, is_withdrawn: bool, is_late: bool) -> str:
    """The shape of a pin: new, work, wait, late or shut."""
    if is_withdrawn or not state.is_open:
        return "shut"
    return "late" if is_late else _KINDS[state]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map that moves starts from: the address of its ground, and the sides of its window."""

    url: str
    box: str


def frame_of(visitor: Visitor, box: Box | None = None) -> Frame:
    """The frame around a box, or around the whole city."""
    ground = ground_of(visitor.jurisdiction)
    sides = ",".join(f"{side:.5f}" for side in box or ground.box)
    return Frame(f"{reverse('web:map_ground')}?v={ground.version}", sides)


def place_map(visitor: Visitor, point: Point) -> Picture:
    """The surroundings of one point, with a pin on it; for ``parts/_map.html``."""
    ground = ground_of(visitor.jurisdiction)
    return draw_around(ground, visitor.language, [Pin(point, "you", "")])


def neighbors_map(visitor: Visitor, point: Point, found: Sequence[OfferedCandidate]) -> Picture:
    """Where somebody is about to report, and what neighbors told of near there."""
    ground = ground_of(visitor.jurisdiction)
    pins = [
        Pin(one.point, pin_kind(one.state, is_withdrawn=False, is_late=False), one.number)
        for one in reversed(found)
        if one.point is not None
    ]
    pins.append(Pin(point, "you", ""))
    return draw_around(ground, visitor.language, pins)


def list_map(
    visitor: Visitor, cases: Sequence[PublicCase], late: frozenset[int], near: Point | None
) -> Picture:
    """All cases of a page of a list; the place they are near to, if any, has a pin, too."""
    ground = ground_of(visitor.jurisdiction)
    placed = [case for case in cases if case.precision is LocationPrecision.POINT]
    pins = [
        Pin(
            case.point,
            pin_kind(
                case.state,
                is_withdrawn=case.standing is Standing.WITHDRAWN,
                is_late=case.id in late,
            ),
            case.number,
        )
        # The first of the list lies on top.
        for case in reversed(placed)
    ]
    if near:
        pins.insert(0, Pin(near, "you", ""))
    points = [pin.point for pin in pins]
    return draw(ground, view_of(points, ground, closest=16), visitor.language, pins)
