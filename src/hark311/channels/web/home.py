"""The first page: tell us, track it, the right number, what others told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.cases.answer import Answer
from hark311.cases.queries.popular import most_asked
from hark311.cases.queries.public import PublicCase, PublicFilter, public_cases
from hark311.catalog.queries import Service, active_services
from hark311.channels.web.alerts import shown_alert
from hark311.channels.web.case_page import answer_of, row_of
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.disruptions.queries import live_alerts
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.government.face import hotlines_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_RECENT, _CHIPS, _ALERTS = 6, 6, 3


@dataclass(frozen=True, slots=True)
class Example:
    """A report that came in, with its answer: what anybody gets who tells us something."""

    number: str
    title: str
    place: str
    answer: Answer


@open_to(Audience.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    now = clock.now()
    recent = public_cases(visitor.jurisdiction, PublicFilter(), size=_RECENT)
    alerts = live_alerts(visitor.jurisdiction, at=now)
    offered = [
        service
        for service in active_services(visitor.jurisdiction)
        if not service.channels or Channel.WEB in service.channels
    ]
    context = {
        "here": "home",
        "alerts": [shown_alert(one, visitor) for one in alerts[:_ALERTS]],
        "more_alerts": max(0, len(alerts) - _ALERTS),
        "now": now,
        "example": _example(recent, visitor, now),
        "recent": [row_of(one, visitor, now) for one in recent],
        "chips": _chips(offered, visitor),
        "services": len(offered),
        "lists_311": any(
            line.number == "311" for line in hotlines_of(visitor.jurisdiction, visitor.language)
        ),
    }
    return render(request, "web/home.html", context)


def _chips(offered: Sequence[Service], visitor: Visitor) -> list[tuple[str, str]]:
    """Code and name of what is asked most; where little was asked, the catalog's first."""
    by_code = {service.code: service for service in offered}
    asked = most_asked(visitor.jurisdiction, at_most=2 * _CHIPS)
    codes = dict.fromkeys((*(code for code in asked if code in by_code), *by_code))
    return [
        (code, in_language(by_code[code].names, visitor.language)) for code in list(codes)[:_CHIPS]
    ]


def _example(recent: Sequence[PublicCase], visitor: Visitor, now: datetime) -> Example | None:
    """One that is being worked on, its date still to come: the one said in fewest words."""
    found = [
        Example(one.number, in_language(one.service.names, visitor.language), one.address, answer)
        for one in recent
        if one.state.is_open and one.due_at and one.due_at > now
        for answer in [answer_of(one, visitor, now)]
    ]
    return min(found, key=lambda one: len(one.answer.next), default=None)
