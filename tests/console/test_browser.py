"""One walk through the workspace in a real browser, by keyboard alone, with axe at each stop."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from tests.cases.make import (
    cases_of,
    make_case,
    make_incident,
    resident_actor,
    staff_actor,
    the_city,
)
from tests.console.conftest import PASSWORD, employ

from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Incident
from hark311.domain.lifecycle import State

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

# A choice shows its focus on the whole row.
_SHOWS_FOCUS = """
[document.activeElement, document.activeElement.closest("label")].some((part) => part &&
  (getComputedStyle(part).outlineStyle !== "none" || getComputedStyle(part).boxShadow !== "none"))
"""


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


def test_an_incident_is_closed_by_keyboard_alone(live_server, page):
    city = the_city()
    account = employ(city)
    incident = make_incident(city, cases=3)
    make_case(city, description="Another hole.")
    add_public_note(incident.pk, "The crew comes on Tuesday.", actor=staff_actor(city))

    page.goto(f"{live_server.url}/staff/queues")
    _type(page, "E-mail address", account.email)
    _type(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.queue")
    _no_violations(page)
    _shoot(page, "queue")
    _tab_to(page, f"a[href$='/staff/incidents/{incident.pk}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/*")
    _no_violations(page)
    _shoot(page, "incident")
    _tab_to(page, "a[href$='/close']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/close")
    _no_violations(page)
    _shoot(page, "close")
    _tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    _type(page, "What you tell people", "Filled this morning.")
    _tab_to(page, "form.panel button.btn")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[name=confirm]")
    _no_violations(page)
    _shoot(page, "preview")
    _tab_to(page, "button[name=confirm]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{incident.pk}")

    assert page.get_by_role("status").first.inner_text().startswith("Closed.")
    assert Incident.objects.get(pk=incident.pk).state == "closed"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_workspace_has_a_violation_or_runs_over(live_server, page, width):
    city = the_city()
    account = employ(city)
    incident = make_incident(city, cases=2)
    closed = make_incident(city, state=State.CLOSED)
    case = cases_of(closed)[0]
    request_dispute(case.pk, "It is still there.", actor=resident_actor(case))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/es/staff/queues")
    _type(page, "Dirección de correo", account.email)
    _type(page, "Contraseña", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.queue")

    for path in (
        "",
        "workload",
        "views",
        "queues?words=hole&due=week",
        "oversight",
        "inbox",
        "new?service=pothole",
        "search?q=hole",
        "routing?last=100",
        f"incidents/{closed.pk}",
        f"incidents/{incident.pk}/merge",
        f"incidents/{closed.pk}/uphold",
    ):
        page.goto(f"{live_server.url}/es/staff/{path}")
        _no_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def _type(page: Page, label: str, words: str) -> None:
    page.get_by_label(label).first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on the first such element, and see that it shows."""
    for _step in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(_SHOWS_FOCUS), f"{selector} shows no focus"
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def _no_violations(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def _shoot(page: Page, name: str) -> None:
    folder = os.environ.get("HARK311_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
