"""Which number to call: the city's own questions, one at a time, and all numbers below."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.texts import in_language
from hark311.government.face import hotlines_of
from hark311.platform.views import Audience, open_to


@dataclass(frozen=True, slots=True)
class Way:
    """One answer and where it leads: another question, a telephone, or a report."""

    text: str
    url: str
    number: str


@open_to(Audience.PUBLIC)
@require_safe
def which_number(request: HttpRequest) -> HttpResponse:
    """``?at=`` names the question; an unknown one starts over."""
    visitor = visitor_of(request)
    pathways: list[dict[str, Any]] = visitor.jurisdiction.settings.get("pathways", [])
    by_code = {str(pathway["code"]): pathway for pathway in pathways}
    start = pathways[0] if pathways else None
    asked = by_code.get(request.GET.get("at", ""), start)
    context = {
        "here": "which_number",
        "question": in_language(asked["texts"], visitor.language) if asked else "",
        "ways": _ways(asked, visitor) if asked else (),
        "is_start": asked is start,
        "hotlines": hotlines_of(visitor.jurisdiction, visitor.language),
    }
    return render(request, "web/which_number.html", context)


@open_to(Audience.PUBLIC)
@require_safe
def old_address(request: HttpRequest) -> HttpResponse:
    """Where the page stood before it came to the answers."""
    query = request.META.get("QUERY_STRING", "")
    there = reverse("web:which_number")
    return HttpResponsePermanentRedirect(f"{there}?{query}" if query else there)


def _ways(asked: dict[str, Any], visitor: Visitor) -> tuple[Way, ...]:
    numbers = {
        str(line.get("code", "")): str(line["number"])
        for line in visitor.jurisdiction.settings.get("hotlines", [])
    }
    return tuple(
        Way(
            text=in_language(choice["texts"], visitor.language),
            url=_url(choice, numbers),
            number=numbers.get(str(choice.get("hotline") or ""), ""),
        )
        for choice in asked.get("choices", [])
    )


def _url(choice: dict[str, Any], numbers: dict[str, str]) -> str:
    if choice.get("next"):
        return f"{reverse('web:which_number')}?at={choice['next']}"
    if choice.get("service"):
        return f"{reverse('web:report')}?service={choice['service']}"
    number = numbers.get(str(choice.get("hotline") or ""), "311")
    return "tel:" + "".join(letter for letter in number if letter.isdigit() or letter == "+")
