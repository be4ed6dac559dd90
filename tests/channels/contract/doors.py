"""Every door into the city, each with the same few deeds, over what its clients really send."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from django.test import Client
from tests.channels.voice.calling import Caller, signed_post

from hark311.access.keys import Scope, create_key
from hark311.channels.web import adapter
from hark311.channels.web.report.draft import ReportDraft
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import Receipt
from hark311.government.models import Jurisdiction
from hark311.intake.submit import submit
from hark311.platform import clock


class Door(Protocol):
    """What a channel must let somebody do. Each returns what they read or hear."""

    def report(self, language: str) -> str: ...

    def again(self) -> str: ...

    def danger(self) -> str: ...

    def ask(self, number: str) -> str: ...


@dataclass
class Open311Door:
    """A client of the API. ``lang`` is the language of its own app."""

    jurisdiction: Jurisdiction
    client: Client = field(default_factory=Client)
    last: tuple[dict[str, str], dict[str, str]] = ({}, {})

    def report(self, language: str) -> str:
        words = {"en": "A deep hole in the road.", "es": "Un hoyo hondo en la calle."}[language]
        return self._post(words, language)

    def again(self) -> str:
        return self._send()

    def danger(self) -> str:
        return self._post("The house is on fire", "en")

    def ask(self, number: str) -> str:
        return self.client.get(f"/open311/v2/requests/{number}.json").text

    def _post(self, words: str, language: str) -> str:
        secret = create_key(self.jurisdiction, "app", frozenset({Scope.REPORT}), 1000)[1]
        form = {
            "api_key": secret,
            "service_code": "pothole",
            "description": words,
            "lat": "39.95",
            "long": "-80.0",
            "phone": "+12125550123",
            "locale": language,
        }
        self.last = (form, {"Idempotency-Key": uuid4().hex})
        return self._send()

    def _send(self) -> str:
        form, headers = self.last
        return self.client.post("/open311/v2/requests.json", form, headers=headers).text


@dataclass
class VoiceDoor:
    """Somebody who calls. Danger has a key of its own, since nobody hears words."""

    jurisdiction: Jurisdiction
    caller: Caller = field(default_factory=Caller)

    def report(self, language: str) -> str:
        self.caller = Caller()
        self.caller.call()
        self.caller.press({"en": "1", "es": "2"}[language], "1", "1")
        self.caller.record("https://provider.test/where")
        self.caller.record("https://provider.test/what")
        return self.caller.press("1", "1")

    def again(self) -> str:
        return self.caller.again("/channels/voice/turn/7", {"Digits": "1"})

    def danger(self) -> str:
        self.caller = Caller()
        return self.caller.call()

    def ask(self, number: str) -> str:
        self.caller = Caller(sender="+12125550999")
        self.caller.call()
        return self.caller.press("1", "2", number.replace("-", ""))


@dataclass
class SmsDoor:
    """Somebody who texts."""

    jurisdiction: Jurisdiction
    client: Client = field(default_factory=Client)
    last: dict[str, str] = field(default_factory=dict)

    def report(self, language: str) -> str:
        words = {"en": "A deep pothole in the road", "es": "Hay un pothole hondo en la calle"}
        for text in (words[language], "1", "12 Elm Street", "skip", "1", "1"):
            said = self._text(text)
        return said

    def again(self) -> str:
        return self._send()

    def danger(self) -> str:
        return self._text("The house is on fire")

    def ask(self, number: str) -> str:
        return self._text(number, sender="+12125550999")

    def _text(self, words: str, *, sender: str = "+12125550123") -> str:
        self.last = {"MessageSid": f"SM{uuid4().hex}", "From": sender, "Body": words}
        return self._send()

    def _send(self) -> str:
        return signed_post(self.client, "/channels/sms/message", self.last).text


@dataclass
class WebDraftDoor:
    """What the pages hand over, since the pages themselves are walked elsewhere."""

    jurisdiction: Jurisdiction
    last: object = None

    def report(self, language: str) -> str:
        return self._send(self._draft("A deep hole in the road.", language), language)

    def again(self) -> str:
        return self._send(*self.last)

    def danger(self) -> str:
        draft = self._draft("The house is on fire", "en")
        hazard = self._receipt(draft, "en").hazard
        return hazard.line if hazard else ""

    def ask(self, number: str) -> str:
        return Client().get(f"/cases/{number}").text

    def _draft(self, words: str, language: str):
        return ReportDraft(
            key=uuid4().hex[:22],
            description=words,
            service="pothole",
            lat="39.95",
            lon="-80.0",
            phone="+12125550123",
        )

    def _send(self, draft, language: str) -> str:
        self.last = (draft, language)
        return adapter.word(self._receipt(draft, language))

    def _receipt(self, draft, language: str) -> Receipt:
        read = adapter.read(
            draft,
            jurisdiction_id=self.jurisdiction.pk,
            language=language,
            received_at=clock.now(),
        )
        actor = Actor(kind=ActorKind.RESIDENT, jurisdiction_id=self.jurisdiction.pk)
        return submit(read, actor=actor)
