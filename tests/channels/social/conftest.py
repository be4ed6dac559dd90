"""A city with accounts on networks, and accounts that only write down what they are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cases.make import City, make_city
from tests.channels.social.payloads import META_SECRET, VERIFY, X_KEYS

from hark311.channels.social import polling, publishing, sending
from hark311.channels.social.jobs import take_kept
from hark311.domain.social import Network
from hark311.platform.social.network import Picture, Published


@pytest.fixture
def city(db, frozen_clock, settings) -> City:
    settings.ALLOWED_HOSTS = ["*"]
    settings.META_APP_SECRET, settings.META_VERIFY_TOKEN = META_SECRET, VERIFY
    settings.X_KEYS = X_KEYS
    return make_city()


def work_off() -> None:
    """Do the jobs that wait, in order."""
    for job in ProcrastinateJob.objects.order_by("id"):
        take_kept(**job.args)


@dataclass
class Paper:
    """A network of paper: what was written there, and what it is told to raise."""

    said: list[tuple[str, ...]] = field(default_factory=list)
    fault: Exception | None = None
    waiting: list[Mapping[str, Any]] = field(default_factory=list)

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        self._say("public", answers, text, picture.alternative if picture else "")
        return Published(f"key-{len(self.said)}", "https://social.test/1")

    def take_back(self, key: str) -> None:
        self._say("taken back", key)

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        self._say("private", author, text)
        return f"key-{len(self.said)}"

    def news(self) -> list[Mapping[str, Any]]:
        if self.fault:
            raise self.fault
        return self.waiting

    def _say(self, *words: str) -> None:
        if self.fault:
            raise self.fault
        self.said.append(words)


@pytest.fixture
def paper(monkeypatch) -> Paper:
    """Every network is this one."""
    account = Paper()
    monkeypatch.setattr(sending, "account_on", lambda _network: account)
    monkeypatch.setattr(publishing, "account_on", lambda _network: account)
    monkeypatch.setattr(polling, "polled_accounts", lambda: {Network.MASTODON: account})
    return account
