"""Shows staff what was refused: a page with the right status and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hark311.catalog.queries import in_language
from hark311.domain.errors import HarkError
from hark311.platform.problem import status_of, wording_of


def sentence_of(error: HarkError, language: str) -> str:
    """What staff read about a refusal, in the language that is active."""
    names = error.facts.get("responsible")
    if error.code == "outside_city" and isinstance(names, dict) and names:
        whose = in_language(names, language)
        return _("This place is outside our area. It belongs to %(name)s.") % {"name": whose}
    return wording_of(error)


def problem_page(request: HttpRequest, error: HarkError, *, desk: object | None) -> HttpResponse:
    """A page that says what is so; ``desk`` is None where nobody is known to be staff."""
    status = status_of(error)
    language = getattr(request, "LANGUAGE_CODE", "en")
    context = {"sentence": sentence_of(error, language), "status": status, "desk": desk}
    return render(request, "console/problem.html", context, status=status)
