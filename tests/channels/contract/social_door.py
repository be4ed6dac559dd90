"""Somebody who writes to the city on a social network; an agent makes a case of it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client, override_settings
from tests.cases.make import staff_actor, the_city
from tests.channels.social.conftest import work_off
from tests.channels.social.payloads import META_SECRET, post_meta, whatsapp

from hark311.channels.social.sending import tell_numbers
from hark311.contacts.models import Draft, SocialAnswer
from hark311.domain.actor import Role
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel
from hark311.government.models import Jurisdiction
from hark311.intake.confirm import confirm_draft
from hark311.platform import clock


@dataclass
class SocialDoor:
    """WhatsApp, whose people are known by their telephone."""

    jurisdiction: Jurisdiction
    client: Client = field(default_factory=Client)
    last: dict[str, Any] = field(default_factory=dict)

    def report(self, language: str) -> str:
        words = {"en": "There is a deep hole in the road", "es": "Hay un hoyo hondo en la calle"}
        self._write(words[language])
        self._confirm(Draft.objects.latest("id"))
        return self._told()

    def again(self) -> str:
        # Another delivery of the same message: the provider has made it up anew.
        self.last["entry"][0]["time"] = uuid4().int % 1000
        self._send()
        return self._told()

    def danger(self) -> str:
        return self._write("The house is on fire")

    def ask(self, number: str) -> str:
        return self._write(number, sender="12125550999")

    def _write(self, words: str, *, sender: str = "12125550123") -> str:
        self.last = whatsapp(words, key=f"wamid.{uuid4().hex}")
        self.last["entry"][0]["changes"][0]["value"]["messages"][0]["from"] = sender
        self._send()
        return SocialAnswer.objects.latest("id").message.text

    def _send(self) -> None:
        with override_settings(META_APP_SECRET=META_SECRET):
            assert post_meta(self.client, self.last).status_code == 200
        work_off()

    def _told(self) -> str:
        tell_numbers()
        return SocialAnswer.objects.latest("id").message.text

    def _confirm(self, waiting: Draft) -> None:
        content = waiting.content
        draft = IntakeDraft(
            jurisdiction_id=self.jurisdiction.pk,
            channel=Channel.SOCIAL,
            source_key="",
            received_at=clock.now(),
            language=waiting.interaction.language,
            service_code="pothole",
            description=content["description"],
            point=Point(-80.0, 39.95),
            contact=Contact(phone=content["contact"]["phone"]),
        )
        confirm_draft(waiting.pk, draft, actor=staff_actor(the_city(), role=Role.AGENT))
