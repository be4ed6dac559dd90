"""What others reported, as a list or beside a map; every view has an address of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hark311.cases.queries.public_list import COUNTED, public_count, public_list
from hark311.catalog.queries import active_services
from hark311.channels.web.case_page import Row, row_of
from hark311.channels.web.map_filter import Asked, after_text, read
from hark311.channels.web.maps import frame_of, list_map
from hark311.channels.web.report.placing import area_choices
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Privacy
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

SIZE = 20


@open_to(Audience.PUBLIC)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the list: all reports, newest first; nearest first where a place is named."""
    visitor = visitor_of(request)
    asked = read(request.GET, visitor)
    context = _found(visitor, asked)
    return render(request, "web/cases.html", {"here": "cases", **context})


@open_to(Audience.PUBLIC)
@require_safe
def city_map(request: HttpRequest) -> HttpResponse:
    """The same beside a map of the same reports; open ones, unless asked otherwise."""
    visitor = visitor_of(request)
    asked = read(request.GET, visitor, status="open")
    context = _found(visitor, asked)
    rows: list[Row] = context["rows"]
    late = frozenset(row.case.id for row in rows if row.badge.kind == "late")
    context |= {
        "here": "map",
        "map": list_map(visitor, [row.case for row in rows], late, asked.near),
        "ground": frame_of(visitor, asked.wanted.box),
    }
    return render(request, "web/map.html", context)


def _found(visitor: Visitor, asked: Asked) -> dict[str, Any]:
    now = clock.now()
    page = public_list(
        visitor.jurisdiction, asked.wanted, size=SIZE, after=asked.after, near=asked.near
    )
    count = public_count(visitor.jurisdiction, asked.wanted)
    return {
        "asked": asked,
        "headline": headline(count, asked),
        "query": asked.typed,
        "rows": [row_of(one, visitor, now) for one in page.cases],
        "services": service_choices(visitor),
        "areas": area_choices(visitor.jurisdiction, visitor.language),
        "view": asked.address(),
        "data": asked.address(bbox=""),
        "first": asked.address() if asked.after else "",
        "has_after": page.after is not None,
        "after": asked.address(after=after_text(page.after)) if page.after else "",
    }


def headline(count: int, asked: Asked) -> str:
    """How many fit, and where: "248 open reports near Main Street"."""
    number = number_format(min(count, COUNTED), force_grouping=True)
    said = {"n": number, "place": asked.place.label if asked.place else ""}
    is_open = PublicStatus.OPEN in asked.wanted.statuses
    if count > COUNTED and asked.place:
        return _("More than %(n)s reports near %(place)s") % said
    if count > COUNTED:
        return _("More than %(n)s reports") % said
    if asked.place is None:
        if is_open:
            return ngettext("%(n)s open report", "%(n)s open reports", count) % said
        return ngettext("%(n)s report", "%(n)s reports", count) % said
    if is_open:
        return (
            ngettext("%(n)s open report near %(place)s", "%(n)s open reports near %(place)s", count)
            % said
        )
    return ngettext("%(n)s report near %(place)s", "%(n)s reports near %(place)s", count) % said


def service_choices(visitor: Visitor) -> list[tuple[str, str]]:
    """The services with public cases, by name."""
    names = [
        (service.code, in_language(service.names, visitor.language))
        for service in active_services(visitor.jurisdiction)
        if service.privacy is Privacy.PUBLIC
    ]
    return sorted(names, key=lambda pair: pair[1].casefold())
