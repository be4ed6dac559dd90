"""Where a draft's place is: a point that always exists, its areas, or whose it is."""

from hark311.cases.actions.open_case import Spot
from hark311.catalog.queries import Service
from hark311.domain.draft import IntakeDraft
from hark311.domain.errors import BadPlace, OutsideCity
from hark311.domain.place import Point
from hark311.domain.vocabulary import LocationPrecision
from hark311.government.models import Jurisdiction
from hark311.intake.sure_place import sure_place
from hark311.places.queries import AreaMap, areas_of, is_inside, responsible_outside

ADDRESS_LENGTH = 300


def locate(draft: IntakeDraft, service: Service, jurisdiction: Jurisdiction) -> Spot:
    """The spot of a draft: its point, else the middle of its area, else where its address
    surely is, else the city's middle.

    Raises BadPlace(reason="missing") if the service needs a place and none was given, and
    OutsideCity with the name and contact of who is responsible, where that is known.
    """
    areas = areas_of(jurisdiction)
    address = draft.address_text.strip()[:ADDRESS_LENGTH]
    if draft.point is not None:
        return _at_point(draft, draft.point, address, jurisdiction, areas)
    if draft.area:
        return _in_area(draft, address, areas)
    found = sure_place(jurisdiction, address)
    if found is not None:
        return _at_point(draft, Point(found.lon, found.lat), address, jurisdiction, areas)
    if not address and not draft.address_id and service.place == "required":
        raise BadPlace(reason="missing")
    return Spot(
        point=Point(jurisdiction.center_lon, jurisdiction.center_lat),
        precision=LocationPrecision.CITY,
        address=address,
        address_id=draft.address_id,
    )


def _at_point(
    draft: IntakeDraft,
    point: Point,
    address: str,
    jurisdiction: Jurisdiction,
    areas: AreaMap,
) -> Spot:
    if not is_inside(jurisdiction, point):
        whose = responsible_outside(jurisdiction, point)
        raise OutsideCity(
            responsible=whose.get("names", {}),
            advice=whose.get("texts", {}),
            contact=whose.get("contact", {}),
        )
    return Spot(
        point=point,
        precision=LocationPrecision.POINT,
        address=address,
        address_id=draft.address_id,
        areas=tuple(area.key for area in areas.at(point)),
    )


def _in_area(draft: IntakeDraft, address: str, areas: AreaMap) -> Spot:
    area = areas.by_key(draft.area)
    if area is None:
        raise BadPlace(reason="unknown_area")
    return Spot(
        point=area.center,
        precision=LocationPrecision.AREA,
        address=address,
        address_id=draft.address_id,
        areas=(area.key,),
    )
