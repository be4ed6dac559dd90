"""What every page needs to know about this deployment."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def place(request: HttpRequest) -> dict[str, object]:
    """Context for all templates: is_demo, and live_address for pages that update themselves."""
    return {"is_demo": settings.DEMO, "live_address": live_address(request)}


def live_address(request: HttpRequest) -> str:
    """Return where the browser that sent ``request`` finds live updates, without a slash."""
    if settings.LIVE_URL:
        return settings.LIVE_URL.rstrip("/")
    domain, _ = split_domain_port(request.META.get("HTTP_HOST", "").lower())
    if not domain:
        return ""
    return f"{request.scheme}://{domain}:{settings.PORT + 1}"
