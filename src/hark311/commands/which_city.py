"""Which loaded city a command means."""

from hark311.domain.errors import UnknownJurisdiction
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_by_key
from hark311.platform.trouble import Trouble


def city_named(key: str) -> Jurisdiction:
    """The city of this key; with none given the default one, or the only one.

    Raises Trouble if there is none such, or several and none is the default.
    """
    if key:
        try:
            return jurisdiction_by_key(key)
        except UnknownJurisdiction:
            raise Trouble(f"no city {key!r} is loaded: use hark311 city load first") from None
    cities = list(Jurisdiction.objects.order_by("-is_default", "id")[:2])
    if not cities:
        raise Trouble("no city is loaded: use hark311 city load first")
    if len(cities) > 1 and not cities[0].is_default:
        raise Trouble("several cities are loaded: name one with --city")
    return cities[0]
