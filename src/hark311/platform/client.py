"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The network address of the client; behind a proxy, what the proxy says it saw.

    Only the last entry of the forwarded list is the proxy's own word; the rest is hearsay.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.HTTPS and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
