"""What is typed at a meeting outlives a lost network and a closed page, in a real browser."""

import os
import shutil
from datetime import timedelta

import pytest
from django.db import connections
from playwright.sync_api import expect, sync_playwright
from tests.cases.make import the_city
from tests.console.conftest import PASSWORD, employ

from hark311.cases.models import Case
from hark311.outreach.models import Meeting, MeetingRow
from hark311.platform import clock

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
def page():
    # The browser's own event loop would make Django refuse plain database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()
        # Within the browser's loop the test has a connection of its own.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def test_a_line_typed_without_a_network_becomes_a_case_later(live_server, page):
    city = the_city()
    account, start = employ(city), clock.now()
    meeting = Meeting.objects.create(
        jurisdiction=city.jurisdiction,
        kind="area",
        title="South ward",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        updated_at=start,
    )
    page.goto(f"{live_server.url}/staff/meetings/{meeting.pk}")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    said = page.get_by_label("What they said").first
    expect(said).to_be_visible()

    page.context.set_offline(True)
    said.fill("A deep hole at the school.")
    page.get_by_label("Service").first.select_option("pothole")
    page.get_by_label("Where").first.fill("5 Oak Street")
    expect(page.locator("[data-kept]")).to_contain_text("No network")
    assert MeetingRow.objects.count() == 0

    page.context.set_offline(False)
    page.reload()
    expect(said).to_have_value("A deep hole at the school.")
    page.get_by_role("button", name="Make cases of these").click()
    expect(page.get_by_text("1 case was made.")).to_be_visible()
    expect(page.get_by_text("is a case")).to_be_visible()

    assert Case.objects.get().channel == "outreach"
    # What the case has is not typed again into an empty line.
    page.reload()
    expect(page.get_by_label("What they said").first).to_have_value("")
