"""What every page needs to know about this deployment."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

# Set by hark/page.js.
THEME_COOKIE = "hark311_theme"
THEMES = frozenset({"light", "dark"})


def place(request: HttpRequest) -> dict[str, object]:
    """Context for all templates.

    is_demo; live_address for pages that update themselves; page_theme, "light" or "dark" where
    the reader has chosen one, else "" to follow the device; tiles_url and tiles_credit, "" where
    maps are drawn from the city's own streets.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "is_demo": settings.DEMO,
        "live_address": live_address(request),
        "page_theme": theme if theme in THEMES else "",
        "tiles_url": settings.TILES_URL,
        "tiles_credit": settings.TILES_CREDIT,
    }


def live_address(request: HttpRequest) -> str:
    """Return where the browser that sent ``request`` finds live updates, without a slash."""
    if settings.LIVE_URL:
        return settings.LIVE_URL.rstrip("/")
    domain, _ = split_domain_port(request.META.get("HTTP_HOST", "").lower())
    if not domain:
        return ""
    return f"{request.scheme}://{domain}:{settings.PORT + 1}"
