"""Where it is, and whether a neighbor has told of the same thing there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hark311.cases.wording import state_label
from hark311.catalog.queries import Service
from hark311.channels.web import adapter
from hark311.channels.web.alerts import shown_alert
from hark311.channels.web.case_page import state_icon
from hark311.channels.web.maps import neighbors_map, place_map
from hark311.channels.web.report.draft import NONE_OF_THEM, THE_ALERT, ReportDraft, keep
from hark311.channels.web.report.finding import AS_TYPED, Placed, placed
from hark311.channels.web.report.flow import address, draft_of, service_of, show
from hark311.channels.web.report.forms import WhereForm
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.draft import OfferedCandidate
from hark311.domain.errors import BadPlace, OutsideCity, UnknownService
from hark311.domain.place import point_from
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.intake.locate import locate
from hark311.intake.near import KnownNear, known_near
from hark311.places.drawing import Picture
from hark311.places.ground import ground_of
from hark311.places.queries import areas_of, is_inside
from hark311.platform import clock
from hark311.platform.views import Audience, open_to


@dataclass(frozen=True, slots=True)
class Neighbor:
    """What a neighbor told of, with the name and the drawing of the state it is in."""

    found: OfferedCandidate
    state: str
    icon: str


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """An address, a part of the city, or coordinates."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    try:
        service = service_of(draft, visitor)
    except UnknownService:
        return redirect(address("what", draft))
    if service.place == "none":
        return redirect(address("details", draft))
    areas = area_choices(visitor.jurisdiction, visitor.language)
    if request.method != "POST":
        initial = {name: getattr(draft, name) for name in WhereForm.base_fields}
        return _where_page(request, visitor, WhereForm(initial=initial, areas=areas), Placed(draft))
    form = WhereForm(request.POST, areas=areas)
    if not form.is_valid():
        return _where_page(request, visitor, form, Placed(draft))
    typed = replace(draft, joins="", **form.cleaned_data)
    found = placed(typed, draft, request.POST.get("place", ""), visitor)
    if found.choices or found.wants_more:
        return _ask_more(request, visitor, found, areas)
    _check_place(form, found.draft, service, visitor)
    if form.errors:
        return _where_page(request, visitor, form, Placed(found.draft))
    keep(request.session, found.draft)
    return redirect(address("same", found.draft))


def _ask_more(
    request: HttpRequest, visitor: Visitor, found: Placed, areas: list[tuple[str, Any]]
) -> HttpResponse:
    """Which of these, or what more is known; asked once for the same address."""
    draft = replace(found.draft, unfound="" if found.choices else found.draft.address)
    keep(request.session, draft)
    initial = {name: getattr(draft, name) for name in WhereForm.base_fields}
    form = WhereForm(initial=initial, areas=areas)
    return _where_page(request, visitor, form, replace(found, draft=draft))


def _where_page(
    request: HttpRequest, visitor: Visitor, form: WhereForm, found: Placed
) -> HttpResponse:
    ground = ground_of(visitor.jurisdiction)
    context = {
        "form": form,
        "found": found,
        "as_typed": AS_TYPED,
        "map": _map_of(found.draft, visitor),
        "map_box": ",".join(f"{side:.5f}" for side in ground.box),
        "map_ground": f"{reverse('web:map_ground')}?v={ground.version}",
    }
    return show(request, "where", found.draft, visitor, errors=form.error_pairs(), context=context)


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest) -> HttpResponse:
    """Is it one of these? Passed over where nothing is known near."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    near = offered_near(draft, visitor)
    if near.alert is None and not near.candidates:
        keep(request.session, replace(draft, joins=""))
        return redirect(address("details", draft))
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        joins = request.POST.get("joins", "")
        if joins in {NONE_OF_THEM, THE_ALERT, *(str(one.incident_id) for one in near.candidates)}:
            chosen = replace(draft, joins=joins)
            keep(request.session, chosen)
            return redirect(address("details", chosen))
        errors = [("joins-group", _("Say if yours is one of these, or another."))]
    return show(
        request,
        "same",
        draft,
        visitor,
        errors=errors,
        context={
            "nearby": _neighbors(near.candidates, visitor),
            "known": shown_alert(near.alert, visitor) if near.alert else None,
            "now": clock.now(),
            "map": _map_of(draft, visitor, near.candidates),
        },
    )


def _map_of(
    draft: ReportDraft, visitor: Visitor, nearby: Sequence[OfferedCandidate] = ()
) -> Picture | None:
    """A drawing of the place with what is near it, None while it is not known to the point."""
    try:
        point = point_from(draft.lat, draft.lon)
    except BadPlace:
        return None
    if point is None or not is_inside(visitor.jurisdiction, point):
        return None
    return neighbors_map(visitor, point, nearby) if nearby else place_map(visitor, point)


def _neighbors(nearby: Sequence[OfferedCandidate], visitor: Visitor) -> tuple[Neighbor, ...]:
    settings, language = visitor.jurisdiction.settings, visitor.language
    return tuple(
        Neighbor(one, state_label(one.state, settings, language), state_icon(one.state))
        for one in nearby
    )


def offered_near(draft: ReportDraft, visitor: Visitor) -> KnownNear:
    """What the city and neighbors know near the place; nothing where it cannot be taken."""
    read = adapter.read(
        draft,
        jurisdiction_id=visitor.jurisdiction.pk,
        language=visitor.language,
        received_at=clock.now(),
    )
    try:
        service = service_of(draft, visitor)
        return known_near(read, service, visitor.jurisdiction, now=clock.now())
    except (UnknownService, BadPlace, OutsideCity):
        return KnownNear(None, ())


def area_choices(jurisdiction: Jurisdiction, language: str) -> list[tuple[str, Any]]:
    """The parts of the city; under the name of their kind where there are several kinds."""
    areas = areas_of(jurisdiction).areas
    kinds = {
        layer["code"]: in_language(layer["names"], language)
        for layer in jurisdiction.settings.get("layers", [])
    }
    grouped: list[tuple[str, Sequence[tuple[str, str]]]] = [
        (kinds.get(kind, kind), [(area.key, in_language(area.names, language)) for area in members])
        for kind, members in groupby(areas, key=lambda area: area.layer)
    ]
    return list(grouped[0][1]) if len(grouped) == 1 else list(grouped)


def _check_place(form: WhereForm, draft: ReportDraft, service: Service, visitor: Visitor) -> None:
    """Let intake say whether the place can be taken, and put what it refuses beside its field."""
    try:
        read = adapter.read(
            draft,
            jurisdiction_id=visitor.jurisdiction.pk,
            language=visitor.language,
            received_at=clock.now(),
        )
        locate(read, service, visitor.jurisdiction)
    except BadPlace as error:
        reason = error.facts.get("reason")
        axis = str(error.facts.get("axis", "lat"))
        field = {"missing": "address", "unknown_area": "area"}.get(str(reason), axis)
        form.add_error(field, refusal(error, visitor.language))
    except OutsideCity as error:
        form.add_error("lat", refusal(error, visitor.language))
