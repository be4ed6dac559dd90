"""The first page: tell us, track it, the right number, what others told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.answers.queries import most_asked as most_asked_answers
from hark311.cases.answer import Answer
from hark311.cases.queries.popular import most_asked
from hark311.cases.queries.public import PublicCase
from hark311.cases.queries.public_list import metres_from, public_list
from hark311.catalog.queries import Service, active_services
from hark311.channels.web.alerts import shown_alert
from hark311.channels.web.answers import row_of as answer_row
from hark311.channels.web.case_page import Row, answer_of, row_of
from hark311.channels.web.map_filter import Asked, read
from hark311.channels.web.maps import list_map
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.disruptions.queries import live_alerts
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.government.face import hotlines_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_RECENT, _CHIPS, _ALERTS, _ANSWERS = 6, 6, 3, 4


@dataclass(frozen=True, slots=True)
class Example:
    """A report that came in, with its answer: what anybody gets who tells us something."""

    number: str
    title: str
    place: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Near:
    """A report in the list. away_m: how far from the place asked for; None without one."""

    row: Row
    away_m: int | None


@open_to(Audience.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    visitor, now = visitor_of(request), clock.now()
    asked = read(_place_in(request), visitor)
    recent = public_list(visitor.jurisdiction, asked.wanted, size=_RECENT, near=asked.near).cases
    rows = [row_of(one, visitor, now) for one in recent]
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
        "recent": [Near(row, _away(row, asked)) for row in rows],
        "asked": asked,
        "map": list_map(visitor, recent, _late(rows), asked.near),
        "answers": [
            answer_row(one, visitor)
            for one in most_asked_answers(visitor.jurisdiction, at_most=_ANSWERS)
        ],
        "chips": _chips(offered, visitor),
        "services": len(offered),
        "lists_311": any(
            line.number == "311" for line in hotlines_of(visitor.jurisdiction, visitor.language)
        ),
    }
    return render(request, "web/home.html", context)


def _place_in(request: HttpRequest) -> QueryDict:
    """Of the address only the place: what is open near it; the newest of all without one."""
    query = QueryDict(mutable=True)
    query["near"] = request.GET.get("near", "")
    if query["near"]:
        query["status"] = "open"
    return query


def _late(rows: Sequence[Row]) -> frozenset[int]:
    return frozenset(row.case.id for row in rows if row.badge.kind == "late")


def _away(row: Row, asked: Asked) -> int | None:
    return 10 * round(metres_from(row.case, asked.near) / 10) if asked.near else None


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
