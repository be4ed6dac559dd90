"""The list hears by the real live process what a colleague did, and says so without a reload."""

import os
import shutil
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright
from tests.cases.make import make_incident, staff_actor, the_city
from tests.console.conftest import PASSWORD, employ

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.feed import Sequencer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture
def live_process(worker_database, settings):
    """The process that serves open streams, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.LIVE_URL = f"http://127.0.0.1:{port}"
    own = {"DATABASE_URL": worker_database.roles.application}
    command = (sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port))
    process = subprocess.Popen(
        (*command, "--interface", "asgi", "hark311.config.live:application"),
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield settings.LIVE_URL
    process.terminate()
    process.wait(20)


def test_what_a_colleague_did_is_told_in_every_tab_without_a_reload(live_server, live_process):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    city = the_city()
    account, mine = employ(city), [make_incident(city).pk for _each in range(2)]
    Sequencer().run_once()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        context = browser.new_context()
        context.set_default_timeout(30_000)
        tabs = [context.new_page(), context.new_page()]
        tabs[0].goto(f"{live_server.url}/staff/queues")
        tabs[0].fill("[name=email]", account.email)
        tabs[0].fill("[name=password]", PASSWORD)
        tabs[0].keyboard.press("Enter")
        tabs[0].wait_for_selector("table.queue")
        tabs[1].goto(f"{live_server.url}/staff/queues/streets")
        for tab in tabs:
            tab.bring_to_front()
            tab.locator("[data-live]", has_text="Live").wait_for()
        with urlopen(f"{live_process}/live/healthz") as answer:  # noqa: S310  # our own process
            streams = answer.read()

        acknowledge_incident(mine[0], actor=staff_actor(city))
        Sequencer().run_once()
        for tab in tabs:
            tab.bring_to_front()
            tab.wait_for_selector("[data-news]:not([hidden])")
            assert tab.locator("[data-news] span").inner_text() == "0 new, 1 changed, 0 gone"
        assert tabs[0].locator("tbody tr").count() == 2
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]

    # The tabs of a browser share one stream.
    assert streams == b"ok 1\n"
