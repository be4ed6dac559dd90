"""Alerts: for residents, and for those who write them."""

from tests.disruptions.make import draft_of
from tests.faces.town import AWKWARD, SUPERVISOR, FacePage, Town, found

from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.disruptions.models import Disruption
from hark311.domain.place import Point


def told(town: Town, *, title: str = "Water main break") -> Disruption:
    """A disruption in the town; nothing else in it is touched."""
    center = Point(-98.62, 39.70)
    draft = draft_of(services=("other",), center=center, radius_m=50, title=title)
    return compose_disruption(draft, actor=town.staff)


def _listed(town: Town) -> str:
    told(town)
    told(town, title=AWKWARD[:180])
    return "/alerts"


def _page(town: Town) -> str:
    return f"/alerts/{told(town).pk}"


def _end(town: Town) -> str:
    return f"/staff/alerts/{told(town).pk}/end"


def _staff_list(town: Town) -> str:
    told(town, title=AWKWARD[:180])
    return "/staff/alerts"


_NOT_BY_KEYS = (("keyboard", "a field for a day holds the focus while Tab goes through its parts"),)
PAGES = (
    FacePage("alerts", _listed),
    FacePage("alerts/one", _page),
    FacePage("staff/alerts", _staff_list, who=SUPERVISOR),
    FacePage("staff/alerts/new", found("/staff/alerts/new"), who=SUPERVISOR, but_not=_NOT_BY_KEYS),
    FacePage("staff/alerts/end", _end, who=SUPERVISOR),
)
