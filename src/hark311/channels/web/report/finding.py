"""Places for what is typed: while it is typed, and as a list to choose from."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hark311.channels.web.report.draft import ReportDraft
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from
from hark311.domain.texts import in_language
from hark311.intake.sure_place import the_sure_one
from hark311.places.queries import areas_of
from hark311.places.search import Found, Precision, find_places
from hark311.platform.views import Audience, open_to

# The choice of who finds theirs not among those offered.
AS_TYPED = "typed"
_OFFERED, _FITS = 5, 0.25


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose. value: what its control sends. is_spot: a crew can go there as it is."""

    value: str
    label: str
    hint: str
    lat: str
    lon: str
    is_spot: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft, and what is still to be asked about its place.

    choices: which of these it may be. wants_more: a street or nothing was found for the text.
    """

    draft: ReportDraft
    choices: tuple[Choice, ...] = ()
    wants_more: str = ""


@open_to(Audience.PUBLIC)
@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """Places that fit ``q``, nearest to ``lat`` and ``lon`` first where those are given."""
    visitor = visitor_of(request)
    try:
        near = point_from(request.GET.get("lat"), request.GET.get("lon"))
    except BadPlace:
        near = None
    found = choices_for(request.GET.get("q", ""), visitor, near=near)
    body = {
        "places": [
            {
                "label": one.label,
                "hint": one.hint,
                "lat": one.lat if one.is_spot else "",
                "lon": one.lon if one.is_spot else "",
            }
            for one in found
        ]
    }
    answer = JsonResponse(body)
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def choices_for(text: str, visitor: Visitor, *, near: Point | None = None) -> tuple[Choice, ...]:
    """Up to five places that fit a text, best first."""
    found = find_places(
        visitor.jurisdiction, text, near=near, limit=_OFFERED, language=visitor.language
    )
    return tuple(_choice(one) for one in found if one.score > _FITS)


def placed(draft: ReportDraft, before: ReportDraft, chosen: str, visitor: Visitor) -> Placed:
    """The draft with the position of its address.

    before: the draft as it was; a position found for another address than now goes with it.
    chosen: the value of the choice made, AS_TYPED, or '' if none was offered.
    """
    if _is_outdated(draft, before) or draft.found_for not in ("", draft.address):
        draft = replace(draft, lat="", lon="", found_for="", found_as="")
    if draft.lat or draft.lon or not draft.address or draft.area or chosen == AS_TYPED:
        return Placed(draft)
    found = find_places(
        visitor.jurisdiction, draft.address, limit=_OFFERED, language=visitor.language
    )
    fitting = [one for one in found if one.score > _FITS]
    for one in fitting:
        if _value(one) == chosen:
            return _taken(draft, one, visitor)
    sure = the_sure_one(fitting)
    if sure is not None:
        return Placed(_at(draft, sure))
    if draft.address == before.unfound:
        return Placed(draft)
    return Placed(draft, tuple(_choice(one) for one in fitting), "" if fitting else "nothing")


def _taken(draft: ReportDraft, found: Found, visitor: Visitor) -> Placed:
    """A choice from the list. A street alone is too long for a crew: it asks for more, once."""
    named = replace(draft, address=found.label)
    if found.precision is Precision.AREA:
        return Placed(replace(named, area=_area_key(found.label, visitor) or draft.area))
    if found.precision is Precision.STREET:
        return Placed(named, wants_more="street")
    return Placed(_at(named, found))


def _at(draft: ReportDraft, found: Found) -> ReportDraft:
    return replace(
        draft,
        lat=f"{found.lat:.6f}",
        lon=f"{found.lon:.6f}",
        found_for=draft.address,
        found_as=found.label,
    )


def _is_outdated(draft: ReportDraft, before: ReportDraft) -> bool:
    """True if the position was found for an address that has been changed since."""
    is_same = (draft.lat, draft.lon) == (before.lat, before.lon)
    return bool(before.found_for) and is_same and draft.address != before.found_for


def _choice(found: Found) -> Choice:
    is_spot = found.precision not in {Precision.STREET, Precision.AREA}
    return Choice(
        value=_value(found),
        label=found.label,
        hint=_hint(found),
        lat=f"{found.lat:.6f}",
        lon=f"{found.lon:.6f}",
        is_spot=is_spot,
    )


def _value(found: Found) -> str:
    return f"{found.precision}:{found.label}"


def _hint(found: Found) -> str:
    kinds = {
        Precision.ADDRESS: "",
        Precision.INTERSECTION: _("Corner"),
        Precision.STREET: _("Street: add a house number or the next corner"),
        Precision.AREA: _("Part of the city"),
        Precision.LANDMARK: _("Well-known place"),
    }
    areas = "" if found.precision is Precision.AREA else ", ".join(found.areas[:2])
    return " · ".join(part for part in (kinds[found.precision], areas) if part)


def _area_key(name: str, visitor: Visitor) -> str:
    areas = areas_of(visitor.jurisdiction).areas
    return next((a.key for a in areas if in_language(a.names, visitor.language) == name), "")
