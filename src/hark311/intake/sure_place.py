"""Whether a text names one place beyond doubt, so that nobody has to be asked."""

from collections.abc import Sequence

from hark311.government.models import Jurisdiction
from hark311.places.search import Found, Precision, find_places

_SPOTS = frozenset({Precision.ADDRESS, Precision.INTERSECTION, Precision.LANDMARK})
_WELL, _AHEAD = 0.75, 0.15


def sure_place(jurisdiction: Jurisdiction, text: str) -> Found | None:
    """The spot that the text names; None if there is none, or more than one that fits."""
    return the_sure_one(find_places(jurisdiction, text)) if text.strip() else None


def the_sure_one(found: Sequence[Found]) -> Found | None:
    """The first of ``found`` if it is a spot, fits well, and the next fits clearly worse."""
    if not found or found[0].precision not in _SPOTS or found[0].score < _WELL:
        return None
    if len(found) > 1 and found[1].score > found[0].score - _AHEAD:
        return None
    return found[0]
