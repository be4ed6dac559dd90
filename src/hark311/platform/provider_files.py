"""Fetches recordings and pictures from the telephone provider, and from nowhere else."""

import base64
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings

from hark311.platform import phone_token

WITHIN_S = 20
_REDIRECTS_TO = (".twiliocdn.com", ".amazonaws.com")


class NotTheProvider(Exception):
    """The address is not one of the provider's: it is not asked."""


def fetch(url: str, *, most_bytes: int) -> bytes:
    """The bytes at an address of the provider.

    Raises NotTheProvider, and OSError if it is away or sends more than ``most_bytes``.
    """
    api = urlsplit(settings.PHONE_API)
    asked = urlsplit(url)
    if (asked.scheme, asked.netloc) != (api.scheme, api.netloc):
        raise NotTheProvider(asked.netloc)
    named = f"{settings.PHONE_ACCOUNT}:{phone_token.token()}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(named).decode()}"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  # checked above
    with _opener.open(request, timeout=WITHIN_S) as answer:
        content: bytes = answer.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError("the file is too large")
    return content


class _OnlyToStores(urllib.request.HTTPRedirectHandler):
    """The provider sends on to its stores; the account's name does not go along."""

    def redirect_request(  # type: ignore[no-untyped-def]  # the signature of the library
        self, req, fp, code, msg, headers, newurl
    ):
        to = urlsplit(newurl)
        if to.scheme != "https" or not str(to.hostname).endswith(_REDIRECTS_TO):
            return None
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None:
            made.remove_header("Authorization")
        return made


_opener = urllib.request.build_opener(_OnlyToStores)
