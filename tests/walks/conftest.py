"""The small city with somebody at work, a mail server, and browsers of several people."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.cases.make import make_account
from tests.console.conftest import PASSWORD, a_photo
from tests.notifications.conftest import Post, post
from tests.notifications.life import text_of

from hark311.catalog.queries import service_version
from hark311.commands.load_city import load_city
from hark311.domain.actor import Role
from hark311.government.models import Account, Jurisdiction, StaffRole

__all__ = ["post"]

CHROMIUM = Path("/usr/bin/chromium")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# A machine with much else to do is slow; what comes in the end is right.
_WITHIN_MS = 30_000
_LINK = re.compile(r"https?://\S+")


@pytest.fixture
def city(transactional_db, settings, live_server) -> Jurisdiction:
    settings.PUBLIC_URL = live_server.url
    settings.DEFAULT_FROM_EMAIL = "311@post.test"
    service_version.cache_clear()
    return load_city(django_settings.PACKAGE.parents[1] / "cities" / "smallville")[0]


@pytest.fixture
def supervisor(city) -> Account:
    """Somebody who may do everything in every department."""
    account = make_account("Sam Supervisor")
    account.set_password(PASSWORD)
    account.save()
    StaffRole.objects.create(account=account, jurisdiction=city, role=Role.SUPERVISOR.value)
    return account


@pytest.fixture
def browser(monkeypatch) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    # The driver keeps an event loop in this thread; Django would take it for its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    expect.set_options(timeout=_WITHIN_MS)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        yield opened
        opened.close()
        # Beside that loop stands a connection of its own, which nobody else would close.
        connections.close_all()


@pytest.fixture
def somebody(browser) -> Callable[[], Page]:
    """A page of a person whom no session knows."""

    def make() -> Page:
        context = browser.new_context(locale="en-US", viewport={"width": 1000, "height": 800})
        context.set_default_timeout(_WITHIN_MS)
        return context.new_page()

    return make


class Desk:
    """The supervisor's browser, and the few things that are done with it again and again."""

    def __init__(self, page: Page, address: str, email: str) -> None:
        self.page, self.address = page, address
        page.goto(f"{address}/staff/")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("nav.nav")

    def find(self, number: str) -> str:
        """The address of the incident of a number, found by search."""
        self.page.goto(f"{self.address}/staff/search?q={number}")
        self.page.click("main a[href*='/staff/incidents/']")
        self.page.wait_for_url("**/incidents/*")
        return self.page.url

    def press(self, incident: str, code: str) -> None:
        """A deed that needs nothing to be filled in."""
        self.page.goto(incident)
        self.page.click(f"form[action$='/{code}'] button")
        self.page.wait_for_selector("[role=status]")

    def send(self, incident: str, code: str, *, chosen: str = "", **typed: str) -> str:
        """A deed by its form; what people would get if it shows that first, else ""."""
        self.page.goto(f"{incident}/{code}")
        if chosen:
            self.page.locator("form.panel label", has_text=chosen).first.click()
        for name, words in typed.items():
            self.page.fill(f"[name={name}]", words)
        if self.page.locator("#id_photos").count():
            photo = {"name": "proof.jpg", "mimeType": "image/jpeg", "buffer": a_photo().read()}
            self.page.set_input_files("#id_photos", photo)
        self.page.click("form.panel > .row button.btn")
        self.page.wait_for_selector("[role=status], [name=confirm]")
        confirm = self.page.locator("[name=confirm]")
        if not confirm.count():
            return ""
        shown = self.page.inner_text("main")
        confirm.click()
        self.page.wait_for_selector("[role=status]")
        return shown


@pytest.fixture
def desk(somebody, live_server, supervisor) -> Desk:
    return Desk(somebody(), live_server.url, supervisor.email)


def last_to(post: Post, address: str) -> EmailMessage:
    return post.to(address)[-1]


def link_in(mail: EmailMessage) -> str:
    """The first link of a letter."""
    found = _LINK.search(text_of(mail))
    assert found, text_of(mail)
    return found[0]
