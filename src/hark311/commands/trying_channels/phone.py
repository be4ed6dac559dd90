"""Tries the telephone and texts as a provider asks: signed requests to the public address."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from uuid import uuid4

from django.conf import settings
from twilio.request_validator import RequestValidator

from hark311.commands.trying_channels.step import Step
from hark311.platform import phone_token

WITHIN_S = 15
# A number that no telephone has.
_NOBODY = "+15005550006"


def voice_steps() -> Iterator[Step]:
    """Call, listen to the first menu, hang up: the call is in the log as one that said nothing."""
    call = {"CallSid": f"TEST{uuid4().hex}", "From": _NOBODY, "To": "311"}
    yield _refusal("/channels/voice/call", call)
    said = _asked("/channels/voice/call", call)
    yield _told("the first menu", said, "<Gather")
    over = _asked("/channels/voice/ended", {**call, "CallStatus": "completed"})
    yield Step(over if over.startswith("!") else "the call is over", not over.startswith("!"))


def sms_steps() -> Iterator[Step]:
    """Write HELP, and read the answer; then say whether texts can be sent."""
    text = {"MessageSid": f"TEST{uuid4().hex}", "From": _NOBODY, "To": "311", "Body": "HELP"}
    yield _refusal("/channels/sms/message", text)
    yield _told("the answer to HELP", _asked("/channels/sms/message", text), "<Message>")
    can_send = bool(settings.PHONE_ACCOUNT and settings.SMS_FROM and settings.PHONE_TOKEN)
    where = f"texts are sent from {settings.SMS_FROM}" if can_send else _NOT_SENT
    yield Step(where)


_NOT_SENT = (
    "texts lie in the data folder's outbox: to send them set HARK311_PHONE_ACCOUNT,"
    " HARK311_PHONE_TOKEN and HARK311_SMS_FROM"
)


def _refusal(path: str, form: Mapping[str, str]) -> Step:
    """An unsigned request must be refused."""
    answer = _asked(path, form, signature="wrong")
    if answer == "!403":
        return Step("a wrong signature is refused")
    return Step(f"{settings.PUBLIC_URL}{path} does not refuse a wrong signature: {answer}", False)


def _told(what: str, said: str, mark: str) -> Step:
    if mark in said:
        return Step(f"{what} came from {settings.PUBLIC_URL}")
    hint = "is HARK311_PUBLIC_URL the address that the provider asks, and is it served?"
    return Step(f"{what} did not come ({said[:80]}): {hint}", False)


def _asked(path: str, form: Mapping[str, str], *, signature: str = "") -> str:
    """What the page says; "!" and the status or fault if it says nothing."""
    url = f"{settings.PUBLIC_URL.rstrip('/')}{path}"
    signed = RequestValidator(phone_token.token()).compute_signature(url, dict(form))
    request = urllib.request.Request(  # noqa: S310  # the operator's own setting
        url,
        data=urllib.parse.urlencode(form).encode(),
        headers={"X-Twilio-Signature": signature or str(signed)},
    )
    try:
        with urllib.request.urlopen(request, timeout=WITHIN_S) as answer:  # noqa: S310  # as above
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return f"!{refused.code}"
    except OSError as away:
        return f"!{away}"
