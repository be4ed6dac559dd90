"""What is wrong now: the list of alerts, a page each, and how one stands on other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hark311.catalog.queries import active_services
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.disruptions.queries import Alert, alert_by_id, listed_alerts
from hark311.domain.disruptions import DisruptionState, Gravity
from hark311.domain.texts import in_language, language_told
from hark311.places.drawing import Picture, Pin, draw, view_of
from hark311.places.ground import ground_of
from hark311.places.queries import areas_of
from hark311.places.reverse import near_label
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_AREAS_NAMED = 5
_KINDS = {Gravity.MINOR: "", Gravity.MODERATE: "soon", Gravity.SEVERE: "late"}


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert in the reader's words. kind: of the note it stands in: "", "soon" or "late".

    language: what title and text are written in. where: in words. add_url: where somebody adds
    their report to it; "" if it takes none up.
    """

    alert: Alert
    url: str
    title: str
    text: str
    language: str
    where: str
    kind: str
    add_url: str

    @property
    def is_over(self) -> bool:
        return self.alert.ended_at is not None


@open_to(Audience.PUBLIC)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What is wrong now, what is planned, and what ended lately."""
    visitor, now = visitor_of(request), clock.now()
    by_state: dict[DisruptionState, list[ShownAlert]] = {state: [] for state in DisruptionState}
    for one in listed_alerts(visitor.jurisdiction, now=now):
        by_state[one.state(now)].append(shown_alert(one, visitor))
    context = {
        "here": "alerts",
        "live": by_state[DisruptionState.LIVE],
        "coming": by_state[DisruptionState.SCHEDULED],
        "over": by_state[DisruptionState.OVER],
        "now": now,
    }
    return render(request, "web/alerts.html", context)


@open_to(Audience.PUBLIC)
@require_safe
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: where it is, since when, and how to add a report to it."""
    visitor, now = visitor_of(request), clock.now()
    found = alert_by_id(visitor.jurisdiction, alert_id)
    context = {
        "here": "alerts",
        "shown": shown_alert(found, visitor),
        "state": found.state(now).value,
        "end_text": found.end_text(visitor.language),
        "services": service_names_of(found, visitor),
        "map": map_of(found, visitor),
        "now": now,
    }
    return render(request, "web/alert.html", context)


def shown_alert(one: Alert, visitor: Visitor) -> ShownAlert:
    """The alert in the visitor's language; no statement for areas, one for a circle."""
    return ShownAlert(
        alert=one,
        url=reverse("web:alert", args=[one.id]),
        title=one.title(visitor.language),
        text=one.text(visitor.language),
        language=language_told(one.texts, visitor.language),
        where=where_of(one, visitor),
        kind="" if one.ended_at is not None else _KINDS[one.gravity],
        add_url=_add_url(one, visitor),
    )


def where_of(one: Alert, visitor: Visitor) -> str:
    """In words where it is."""
    if one.reach.is_everywhere:
        return _("All of the city")
    named = areas_of(visitor.jurisdiction)
    found = [named.by_key(key) for key in sorted(one.reach.areas)]
    names = [in_language(area.names, visitor.language) for area in found if area]
    parts = names[:_AREAS_NAMED]
    if len(names) > _AREAS_NAMED:
        more = len(names) - _AREAS_NAMED
        parts.append(ngettext("%(n)d more area", "%(n)d more areas", more) % {"n": more})
    if one.reach.center is not None:
        parts.append(_circle(one, visitor))
    return " · ".join(parts)


def service_names_of(one: Alert, visitor: Visitor) -> Sequence[str]:
    """The reports that it takes up, by name."""
    return [
        in_language(service.names, visitor.language)
        for service in active_services(visitor.jurisdiction)
        if one.reach.takes(service.code)
    ]


def map_of(one: Alert, visitor: Visitor) -> Picture | None:
    """Where it is, drawn; None if it is all over the city."""
    if one.reach.is_everywhere:
        return None
    named = areas_of(visitor.jurisdiction)
    spots = [area.center for key in one.reach.areas if (area := named.by_key(key))]
    if one.reach.center is not None:
        spots.append(one.reach.center)
    ground = ground_of(visitor.jurisdiction)
    kind = "shut" if one.ended_at is not None else "late"
    pins = [Pin(spot, kind, "") for spot in spots]
    return draw(ground, view_of(spots, ground, closest=14.5), visitor.language, pins)


def _circle(one: Alert, visitor: Visitor) -> str:
    if one.reach.center is None:
        return ""
    place = near_label(visitor.jurisdiction, one.reach.center)
    facts = {"span": _span(one.reach.radius_m), "place": place}
    if not place:
        return _("Within %(span)s of the spot on the map") % facts
    return _("Within %(span)s of %(place)s") % facts


def _span(meters: float) -> str:
    if meters < 1000:
        return _("%(n)d m") % {"n": round(meters)}
    return _("%(n).1f km") % {"n": meters / 1000}


def _add_url(one: Alert, visitor: Visitor) -> str:
    """To the report of the first service that it takes up; a place is asked for there."""
    taken = (
        service.code
        for service in active_services(visitor.jurisdiction)
        if one.reach.takes(service.code)
    )
    code = None if one.ended_at is not None else next(taken, None)
    return f"{reverse('web:report')}?service={code}" if code else ""


def newest_change(shown: Sequence[Alert], now: datetime) -> datetime:
    """When anything of these changed last; now where there is none."""
    return max((one.updated_at for one in shown), default=now)
