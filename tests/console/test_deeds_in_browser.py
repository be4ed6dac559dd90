"""A matter worked from the first look to the closing, in a real browser and by keyboard alone."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from tests.cases.make import make_incident, make_person, the_city
from tests.console.conftest import PASSWORD, a_photo, employ
from tests.console.test_browser import _FLAGS

from hark311.cases.models import Incident, Question, WorkOrder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def page():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()
        # Within the browser's loop the test has a connection of its own.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def test_a_matter_goes_from_the_first_look_to_the_closing_by_keyboard(live_server, page, tmp_path):
    city = the_city()
    account = employ(city, department=None)
    incident = make_incident(city)
    person = make_person(city, name="Bea Roe")
    Incident.objects.get(pk=incident.pk).cases.update(person=person)
    _sign_in(page, live_server.url, account.email)
    home = f"{live_server.url}/staff/incidents/{incident.pk}"
    page.goto(home)

    _press(page, "a", f"{home}")
    page.get_by_text("Marked as seen.").wait_for()
    _sound(page)

    page.get_by_role("link", name="Ask a reporter").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask")
    _type(page, "Your question", "Which lane is it in?")
    _send(page)
    letter = page.locator(".letter").first
    letter.wait_for()
    assert "E-mail" in letter.inner_text()
    assert "Which lane is it in?" in letter.inner_text()
    assert person.email not in page.content()
    _sound(page)
    _confirm(page, home)

    page.get_by_role("link", name="Write a work order").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/order")
    page.get_by_label("Repair").focus()
    page.keyboard.press("Space")
    page.get_by_label("Who does it").select_option(label="Community: Parks")
    _type(page, "What is to be done", "Cut the roots")
    _sound(page)
    page.locator("#deed-form button.btn").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(home)

    _press(page, "c", f"{home}/close")
    page.get_by_label("Fixed").focus()
    page.keyboard.press("Space")
    _type(page, "What you tell people", "Filled this morning.")
    proof = tmp_path / "after.jpg"
    proof.write_bytes(a_photo().read())
    page.get_by_label("Add photos").set_input_files(proof)
    page.locator("img[alt='after.jpg']").wait_for()
    _send(page)
    page.locator(".letter").first.wait_for()
    assert "Filled this morning." in page.locator("aside").inner_text()
    _sound(page)
    _confirm(page, home)

    row = Incident.objects.get(pk=incident.pk)
    assert (row.state, row.closing_text) == ("closed", "Filled this morning.")
    assert Question.objects.get().text == "Which lane is it in?"
    assert WorkOrder.objects.get().queue == city.queues["parks"]


def test_letters_do_nothing_while_something_is_typed_or_once_they_are_off(live_server, page):
    city = the_city()
    account = employ(city, department=None)
    incident = make_incident(city)
    _sign_in(page, live_server.url, account.email)
    home = f"{live_server.url}/staff/incidents/{incident.pk}"
    page.goto(home)

    page.get_by_label("Add a note").focus()
    page.keyboard.type("act at once")
    assert page.url == home

    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("Use single letters where nothing is typed").uncheck()
    page.get_by_role("button", name="Done").click()
    page.keyboard.press("c")
    page.wait_for_function("!document.querySelector('dialog[open]')")

    assert page.url == home
    assert page.get_by_label("Add a note").input_value() == "act at once"


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/staff/")
    _type(page, "E-mail address", email)
    _type(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


def _type(page: Page, label: str, words: str) -> None:
    page.get_by_label(label).first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def _press(page: Page, letter: str, leads_to: str) -> None:
    """A letter where nothing is typed, once the page's module listens."""
    page.locator("[data-keys-line]:not([hidden])").wait_for()
    page.keyboard.press(letter)
    page.wait_for_url(leads_to)


def _send(page: Page) -> None:
    page.get_by_role("button", name="See what people will get").focus()
    page.keyboard.press("Enter")
    page.locator("button[name=confirm]").wait_for()


def _confirm(page: Page, home: str) -> None:
    page.locator("button[name=confirm]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(home)


def _sound(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
