"""Finding a case by number, person, place or words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hark311.access.policy import Permission
from hark311.access.readings import note_readings
from hark311.cases.queries.staff_known import Names
from hark311.cases.queries.staff_search import Hit, by_number, by_person, by_place, by_words
from hark311.console.desk import Desk, staff_page
from hark311.domain.actor import Actor
from hark311.domain.numbers import is_number
from hark311.platform import clock

Search = Callable[[str, Actor, Names], tuple[Hit, ...]]
_SEARCHES: Mapping[str, Search] = MappingProxyType(
    {"number": by_number, "words": by_words, "place": by_place, "person": by_person}
)
_LABELS = {
    "number": _("Number"),
    "words": _("Words"),
    "place": _("Place"),
    "person": _("Person"),
}
_LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.READ_CASES)
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form and what was found.

    A person is looked for by POST, so that no name stands in an address or a log; it needs
    the right to open contacts, and every case shown is noted as read.
    """
    asked = request.POST if request.method == "POST" else request.GET
    words = asked.get("q", "").strip()[:_LONGEST]
    by = asked.get("by", "")
    by = by if by in _SEARCHES else "number" if is_number(words) else "words"
    hits: tuple[Hit, ...] = ()
    is_refused = by == "person" and request.method != "POST"
    if words and not is_refused:
        if by == "person":
            desk.require(Permission.OPEN_CONTACT)
        hits = _SEARCHES[by](words, desk.actor, desk.names)
        if by == "person":
            note_readings((hit.number for hit in hits), actor=desk.actor, at=clock.now())
    context = {
        "desk": desk,
        "here": "search",
        "words": words if not is_refused else "",
        "by": by,
        "ways": [(way, name) for way, name in _LABELS.items() if way != "person"],
        "may_find_people": desk.may(Permission.OPEN_CONTACT),
        "hits": hits,
        "is_asked": bool(words) and not is_refused,
    }
    return render(request, "console/search.html", context)
