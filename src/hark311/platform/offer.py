"""Offers a first visitor the pages in the language of the browser, and forces nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

Answer = Callable[[HttpRequest], HttpResponseBase]

COOKIE = "hark311_language_offered"
_YEAR_S = 31_536_000


class LanguageOffer:
    """Remembers in the browser that the offer was made, so that it is made once."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and offered_language(request):
            response.set_cookie(
                COOKIE, "1", max_age=_YEAR_S, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        return response


def offered_language(request: HttpRequest) -> str:
    """The browser's language if pages exist in it and others are shown; '' to offer nothing."""
    if COOKIE in request.COOKIES:
        return ""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            wanted = get_supported_language_variant(code)
        except LookupError:
            continue
        return "" if wanted == get_language() else wanted
    return ""
