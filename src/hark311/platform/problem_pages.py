"""What people see when something is refused or breaks: one clear line in their language."""

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hark311.domain.errors import HarkError
from hark311.platform import clock, database
from hark311.platform.languages import direction
from hark311.platform.problem import status_of, wording_of

Answer = Callable[[HttpRequest], HttpResponseBase]

# Tokens of forms and protocols that must not be repeated in another form.
_NEVER_REPEATED = frozenset({"csrfmiddlewaretoken", "password"})

# What is safe, and what may have happened, beside what is so.
_BESIDE: Mapping[int, Promise] = MappingProxyType(
    {
        400: gettext_lazy("Nothing was saved. Go back and send it once more."),
        403: gettext_lazy("If this is yours, sign in first. Nothing is lost."),
        404: gettext_lazy("Nothing broke. A link may be old, or a digit may be missing."),
        409: gettext_lazy("Go back and load the page anew. Nothing is lost."),
        429: gettext_lazy("Nothing is lost. This keeps the line free for all."),
    }
)


class ProblemPages:
    """Turns a refusal that no view has worded into a page with its status."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self._answer(request)
        finally:
            # The next request in this thread may be another city's.
            timezone.deactivate()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, HarkError) or status_of(error) >= 500:
            return None
        return problem_page(request, status=status_of(error), line=wording_of(error))


def problem_page(request: HttpRequest, *, status: int, line: str) -> HttpResponse:
    """The page that says ``line`` and where to go from here."""
    context = {"line": line, "status": status, "beside": _BESIDE.get(status, "")}
    return render(request, "problem.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, status=400, line=_("We could not read what was sent."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, status=403, line=_("You may not open this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(
        request, status=404, line=_("There is nothing here. Check the number or the address.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: rendered without asking the database, which may be what broke.

    Django calls this while it handles the fault. A database that is away is a 503: it says when
    to come back, and nothing is wrong with the page.
    """
    is_away = isinstance(sys.exc_info()[1], database.AWAY)
    language = get_language() or "en"
    context = {"is_away": is_away, "language": language, "direction": direction(language)}
    page = render_to_string("500.html", context | {"at": clock.now()})
    response = HttpResponse(page, status=503 if is_away else 500)
    if is_away:
        response.headers["Retry-After"] = str(database.RETRY_AFTER_S)
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent with an old or missing secret: what was typed comes back, ready to send again.

    Only where the browser says that the form came from our own page; a form from elsewhere
    is not repeated.
    """
    own = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NEVER_REPEATED
    ]
    context = {"typed": typed if own else [], "status": 403}
    return render(request, "form_expired.html", context, status=403)
