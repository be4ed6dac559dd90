"""The first page: tell us, track it, the right number, what others told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.cases.queries.public import PublicFilter, public_cases
from hark311.catalog.queries import active_services
from hark311.channels.web.case_page import row_of
from hark311.channels.web.visitor import visitor_of
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_RECENT, _CHIPS = 6, 6


@open_to(Audience.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    now = clock.now()
    recent = public_cases(visitor.jurisdiction, PublicFilter(), size=_RECENT)
    offered = [
        service
        for service in active_services(visitor.jurisdiction)
        if not service.channels or Channel.WEB in service.channels
    ]
    context = {
        "here": "home",
        "recent": [row_of(one, visitor, now) for one in recent],
        "chips": [(one.code, in_language(one.names, visitor.language)) for one in offered[:_CHIPS]],
        "services": len(offered),
    }
    return render(request, "web/home.html", context)
