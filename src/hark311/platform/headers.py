"""What each answer tells the browser not to do, and which requests are too large to read."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hark311.platform.place import live_address

Answer = Callable[[HttpRequest], HttpResponseBase]

_LONGEST_NUMBER = 12
_FEATURES = "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()"


class BrowserRules:
    """Scripts and styles come from this place only, never from inside a page."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", content_rules(request))
        response.headers.setdefault("Permissions-Policy", _FEATURES)
        return response


def content_rules(request: HttpRequest) -> str:
    """Return the Content-Security-Policy of pages asked for under this host name."""
    live = urlsplit(live_address(request))
    connections = f"'self' {live.scheme}://{live.netloc}" if live.netloc else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            " ".join(("img-src 'self' data: blob:", *_tile_host())),
            "font-src 'self'",
            "media-src 'self'",
            f"connect-src {connections}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _tile_host() -> tuple[str, ...]:
    """Where tiles come from, if not from this very place."""
    tiles = urlsplit(settings.TILES_URL)
    return (f"{tiles.scheme}://{tiles.netloc}",) if tiles.netloc else ()


class RequestLimit:
    """Refuses a request that says it is larger than allowed, before reading it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.MAX_REQUEST_MB * 1024 * 1024
        if not (stated.isascii() and stated.isdigit()):
            return HttpResponse("Content-Length is not a number\n", "text/plain", 400)
        if len(stated) > _LONGEST_NUMBER or int(stated) > limit:
            line = f"At most {settings.MAX_REQUEST_MB} MB can be sent at once\n"
            return HttpResponse(line, "text/plain", 413)
        return self._answer(request)
