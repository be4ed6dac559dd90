"""Where residents reach a government, as set for the deployment, whatever host a request names."""

from urllib.parse import urlsplit

from django.conf import settings

from hark311.government.models import Jurisdiction


def base_of(jurisdiction: Jurisdiction) -> str:
    """How residents reach a jurisdiction; all but the default one are told apart by their host."""
    base = str(settings.PUBLIC_URL).rstrip("/")
    if jurisdiction.is_default or not jurisdiction.hosts:
        return base
    parts = urlsplit(base)
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{jurisdiction.hosts[0]}{port}").geturl()
