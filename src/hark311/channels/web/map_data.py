"""What a map in the browser asks for while it is moved: its ground, its items, a place's name."""

import gzip
import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from shapely.geometry.base import BaseGeometry

from hark311.cases.queries.public_map import Bunch, MapItem, map_window
from hark311.cases.wording import state_label
from hark311.channels.web.map_filter import box_of, read
from hark311.channels.web.maps import pin_kind
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.errors import BadPlace
from hark311.domain.place import point_from
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.places.ground import DRAWN, ground_of
from hark311.places.reverse import near_label
from hark311.platform import clock
from hark311.platform.views import Audience, open_to
from hark311.privacy.text import mask_text

_FOREVER = "public, max-age=31536000, immutable"
_CLOSEST = 19


@open_to(Audience.PUBLIC)
@require_safe
def ground(request: HttpRequest) -> HttpResponse:
    """Streets, parks, water and areas; kept by the browser until the city changes them."""
    visitor = visitor_of(request)
    drawn = ground_of(visitor.jurisdiction)
    packed = _packed(visitor.jurisdiction, drawn.version, visitor.language)
    is_current = request.GET.get("v") == drawn.version
    headers = {
        "Cache-Control": _FOREVER if is_current else "no-cache",
        "Vary": "Accept-Encoding, Accept-Language",
    }
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return HttpResponse(packed, content_type="application/json", headers=headers)
    return HttpResponse(gzip.decompress(packed), content_type="application/json", headers=headers)


@open_to(Audience.PUBLIC)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The reports in a window, each or in bunches, by the filters of the page around it."""
    visitor = visitor_of(request)
    asked = read(request.GET, visitor, status="open")
    box = box_of(request.GET.get("bbox", "")) or ground_of(visitor.jurisdiction).box
    window = map_window(
        visitor.jurisdiction,
        asked.wanted,
        box,
        zoom=_zoom(request.GET.get("zoom", "")),
        now=clock.now(),
    )
    return JsonResponse(
        {
            "total": window.total,
            "items": [_item(one, visitor) for one in window.items],
            "bunches": [_bunch(one) for one in window.bunches],
        },
        headers={"Cache-Control": "private, max-age=15"},
    )


@open_to(Audience.PUBLIC)
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """What a point is near to, in words; "" if nothing is known around it."""
    visitor = visitor_of(request)
    try:
        point = point_from(request.GET.get("lat"), request.GET.get("lon"))
    except BadPlace:
        point = None
    label = near_label(visitor.jurisdiction, point) if point else ""
    return JsonResponse({"label": label})


def _zoom(text: str) -> int:
    """The zoom asked for, one that shows a city if that is no number."""
    return min(int(text), _CLOSEST) if text.isascii() and text.isdigit() and len(text) < 3 else 11


def _item(item: MapItem, visitor: Visitor) -> dict[str, object]:
    language, settings = visitor.language, visitor.jurisdiction.settings
    return {
        "lat": item.point.lat,
        "lon": item.point.lon,
        "kind": pin_kind(item.state, is_withdrawn=item.is_withdrawn, is_late=item.is_late),
        "title": in_language(item.service.names, language),
        "place": mask_text(item.address),
        "state": str(state_label(item.state, settings, language)),
        "url": reverse("web:case", args=[item.number]),
    }


def _bunch(bunch: Bunch) -> dict[str, object]:
    return {
        "lat": round(bunch.point.lat, 6),
        "lon": round(bunch.point.lon, 6),
        "count": bunch.count,
        "box": [round(side, 6) for side in bunch.box],
    }


@lru_cache(maxsize=64)
def _packed(jurisdiction: Jurisdiction, version: str, language: str) -> bytes:
    """The document of a version, compressed once per process."""
    drawn = ground_of(jurisdiction)
    document = {
        "box": list(drawn.box),
        "schematic": drawn.is_schematic,
        "streets": [
            {"name": one.name, "main": one.is_main, "lines": _lines(one.lines)}
            for one in drawn.streets
        ],
        "places": [
            {
                "name": in_language(one.names, language),
                "kind": one.kind,
                "at": [round(one.point.lat, 5), round(one.point.lon, 5)],
                "ring": _ring(one.outline) if one.outline and one.kind in DRAWN else [],
            }
            for one in drawn.places
        ],
        "areas": [
            {
                "name": in_language(one.names, language),
                "at": [round(one.center.lat, 5), round(one.center.lon, 5)],
                "rings": [_ring(part) for part in getattr(one.outline, "geoms", (one.outline,))],
            }
            for one in drawn.areas
        ],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _lines(geometry: BaseGeometry) -> list[list[list[float]]]:
    return [_spots(part) for part in getattr(geometry, "geoms", (geometry,))]


def _ring(polygon: Any) -> list[list[float]]:
    return _spots(polygon.exterior)


def _spots(line: Any) -> list[list[float]]:
    """Latitude first, as maps in browsers take it; a metre is near enough."""
    return [[round(lat, 5), round(lon, 5)] for lon, lat, *_height in line.coords]
