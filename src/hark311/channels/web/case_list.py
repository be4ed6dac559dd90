"""What others reported: public cases, filtered by the address of the page, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.cases.queries.public import PublicFilter, public_cases
from hark311.catalog.queries import active_services
from hark311.channels.web.case_page import row_of
from hark311.channels.web.report.placing import area_choices
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Privacy
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

SIZE = 20
_LAST_PAGE = 500


@open_to(Audience.PUBLIC)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the list; a filter that means nothing is left out."""
    visitor = visitor_of(request)
    wanted, page = filter_of(request), page_of(request)
    found = public_cases(visitor.jurisdiction, wanted, page=page, size=SIZE)
    has_after = page < _LAST_PAGE and bool(
        public_cases(visitor.jurisdiction, wanted, page=page * SIZE + 1, size=1)
    )
    now = clock.now()
    context = {
        "here": "cases",
        "rows": [row_of(one, visitor, now) for one in found],
        "services": service_choices(visitor),
        "areas": area_choices(visitor.jurisdiction, visitor.language),
        "statuses": tuple(PublicStatus),
        "query": {name: request.GET.get(name, "") for name in ("service", "area", "status", "q")},
        "is_filtered": wanted != PublicFilter(),
        "number": page,
        "has_before": page > 1,
        "has_after": has_after,
        "before": page - 1,
        "after": page + 1,
    }
    return render(request, "web/cases.html", context)


def filter_of(request: HttpRequest) -> PublicFilter:
    service = request.GET.get("service", "").strip()[:80]
    status = request.GET.get("status", "")
    known = {one.value for one in PublicStatus}
    return PublicFilter(
        service_codes=(service,) if service else (),
        statuses=frozenset({PublicStatus(status)}) if status in known else frozenset(),
        area=request.GET.get("area", "").strip()[:120],
        words=request.GET.get("q", "").strip()[:100],
    )


def page_of(request: HttpRequest) -> int:
    """The page asked for, the first if that is no number, the last that is shown if beyond."""
    text = request.GET.get("page", "1")
    digits = text if text.isascii() and text.isdigit() else "1"
    return max(1, min(int(digits[:12]), _LAST_PAGE))


def service_choices(visitor: Visitor) -> list[tuple[str, str]]:
    """The services with public cases, by name."""
    names = [
        (service.code, in_language(service.names, visitor.language))
        for service in active_services(visitor.jurisdiction)
        if service.privacy is Privacy.PUBLIC
    ]
    return sorted(names, key=lambda pair: pair[1].casefold())
