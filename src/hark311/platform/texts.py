"""Sends text messages through the provider; without one they lie in the data folder's outbox."""

import base64
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from hark311.platform import clock, phone_token

WITHIN_S = 20
# Providers cut a message that is longer than ten parts.
LONGEST = 1_500


class TextRefused(Exception):
    """The provider takes no message to this telephone. code: its HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def send_text(to: str, words: str, *, receipts_at: str) -> None:
    """Hand a message to the provider. receipts_at: where it tells how the sending ended.

    Raises TextRefused, and OSError while the provider is away.
    """
    said = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    if not (settings.PHONE_ACCOUNT and settings.SMS_FROM):
        _keep(to, said)
        return
    form = {"To": to, "From": settings.SMS_FROM, "Body": said, "StatusCallback": receipts_at}
    named = f"{settings.PHONE_ACCOUNT}:{phone_token.token()}".encode()
    request = urllib.request.Request(  # noqa: S310  # the operator's own setting
        f"{settings.PHONE_API}/2010-04-01/Accounts/{settings.PHONE_ACCOUNT}/Messages.json",
        data=urllib.parse.urlencode(form).encode(),
        headers={"Authorization": f"Basic {base64.b64encode(named).decode()}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=WITHIN_S) as answer:  # noqa: S310  # as above
            answer.read()
    except urllib.error.HTTPError as refused:
        if refused.code in {408, 429} or refused.code >= 500:
            raise OSError(f"the provider answers {refused.code}") from refused
        raise TextRefused(refused.code) from refused


def _keep(to: str, words: str) -> None:
    folder = Path(settings.DATA) / "outbox" / "texts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.txt"
    (folder / name).write_text(f"To: {to}\n\n{words}\n", encoding="utf-8")
