"""Keeps out the one character that no database can hold: NUL."""

from collections.abc import Callable, Mapping

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from hark311.platform.views import Audience, View, audience_of

Answer = Callable[[HttpRequest], HttpResponseBase]

NUL = "\x00"


class NoNul:
    """Leaves NUL out of forms, queries and cookies, and refuses a path that has it.

    Nobody types it, so a form loses nothing. Addresses of machines say for themselves what they
    refuse, in their own form.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: object, named: Mapping[str, object]
    ) -> None:
        """Look at what the address and the form say, once it is known whom the view is for.

        Raises BadRequest.
        """
        audience = audience_of(view)
        if audience is not None and audience[0] is Audience.MACHINE:
            return
        if any(NUL in str(value) for value in named.values()):
            raise BadRequest("nul")
        if _has_nul(request.GET):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and _has_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _has_nul(given: QueryDict) -> bool:
    return any(NUL in text for name, values in given.lists() for text in (name, *values))


def _without_nul(given: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        kept.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    kept._mutable = False
    return kept
