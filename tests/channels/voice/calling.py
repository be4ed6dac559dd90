"""A caller for tests: posts signed requests as a provider does, and reads what is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.test import Client
from twilio.request_validator import RequestValidator

from hark311.platform import phone_token


@dataclass
class Caller:
    """One call. answer: the last TwiML."""

    sender: str = "+12125550123"
    sid: str = field(default_factory=lambda: f"CA{uuid4().hex}")
    client: Client = field(default_factory=Client)
    answer: Element | None = None

    def call(self) -> str:
        return self._post("/channels/voice/call", {})

    def press(self, *keys: str) -> str:
        for one in keys:
            said = self._post(self._next(), {"Digits": one})
        return said

    def wait(self) -> str:
        return self._post(self._next(), {})

    def record(self, url: str, *, seconds: int = 3, ended_by: str = "#") -> str:
        form = {"RecordingUrl": url, "RecordingDuration": str(seconds), "Digits": ended_by}
        return self._post(self._next(), form)

    def dialed(self, how: str) -> str:
        return self._post(self._next(), {"DialCallStatus": how})

    def hang_up(self) -> None:
        self._post("/channels/voice/ended", {"CallStatus": "completed"})

    def verb(self, tag: str) -> Element | None:
        assert self.answer is not None
        return next(iter(self.answer.iter(tag)), None)

    def again(self, path: str, form: dict[str, str]) -> str:
        return self._post(path, form)

    def _next(self) -> str:
        assert self.answer is not None
        for element in self.answer.iter():
            if element.get("action"):
                return element.attrib["action"]
        redirect = self.verb("Redirect")
        assert redirect is not None, "the call is over"
        return redirect.text or ""

    def _post(self, path: str, form: dict[str, str]) -> str:
        fields = {"CallSid": self.sid, "From": self.sender, "To": "+311", **form}
        response = signed_post(self.client, path, fields)
        assert response.status_code in {200, 204}, response.status_code
        if response.status_code == 204:
            return ""
        self.answer = fromstring(response.content)
        return " ".join(self._said())

    def _said(self) -> Iterator[str]:
        assert self.answer is not None
        for element in self.answer.iter("Say"):
            yield element.text or ""


def signed_post(client: Client, path: str, fields: dict[str, str], **more: object):
    """A request with the signature that a provider gives it."""
    address = f"{settings.PUBLIC_URL}{path}"
    signature = RequestValidator(phone_token.token()).compute_signature(address, fields)
    return client.post(path, {**fields, **more}, headers={"X-Twilio-Signature": signature})
