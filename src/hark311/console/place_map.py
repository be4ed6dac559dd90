"""Draws where an incident is, with the open ones of its service that may be the same."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hark311.cases.queries.staff_around import Neighbor
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.desk import Desk
from hark311.domain.lifecycle import State
from hark311.places.drawing import Picture, Pin, draw_around
from hark311.places.ground import ground_of

_SHAPES: Mapping[State, str] = MappingProxyType(
    {
        State.RECEIVED: "new",
        State.ACKNOWLEDGED: "new",
        State.IN_PROGRESS: "work",
        State.WAITING: "wait",
        State.CLOSED: "shut",
    }
)


def place_map(incident: StaffIncident, neighbors: Iterable[Neighbor], desk: Desk) -> Picture:
    """The picture for ``parts/_map.html``; the page lists the same neighbors in words."""
    near = tuple(neighbors)
    ground = ground_of(desk.jurisdiction)
    pins = [Pin(one.point, _SHAPES[one.state], one.place) for one in near]
    # The last stands on top.
    pins.append(Pin(incident.point, "you", incident.place))
    return draw_around(ground, desk.names.language, pins)
