"""A day at the list in a real browser, by keyboard alone; and what works without scripts."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from tests.cases.make import City, make_incident, staff_actor, the_city
from tests.console.conftest import PASSWORD, employ

from hark311.cases.actions.add_note import add_internal_note
from hark311.cases.models import Incident

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
_ROW = "document.activeElement.closest('tbody tr')?.dataset.id ?? ''"


@pytest.fixture
def browser():
    # The browser's own event loop would make Django refuse plain database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield opened
        opened.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _signed_in(browser, address: str, city: City, **context: object) -> Page:
    account = employ(city)
    page = browser.new_context(viewport={"width": 1280, "height": 900}, **context).new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{address}/staff/queues")
    page.fill("[name=email]", account.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.queue")
    return page


def _states() -> list[str]:
    return list(Incident.objects.order_by("pk").values_list("state", flat=True))


def _keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _row(page: Page) -> int:
    return int(page.evaluate(_ROW) or 0)


def _tab_into_list(page: Page) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(_ROW):
            return
    raise AssertionError("the keyboard does not reach the list")


def test_a_whole_day_is_worked_by_keyboard_alone(live_server, browser):
    city = the_city()
    made = [make_incident(city).pk for _each in range(5)]
    page = _signed_in(browser, live_server.url, city)

    _tab_into_list(page)
    assert _row(page) == made[0]
    _keys(page, "j", "j", "k")
    assert _row(page) == made[1]
    _keys(page, "x", "j", "x")
    assert page.locator("[data-chosen]").inner_text() == "2 chosen"
    _keys(page, "a")
    page.wait_for_selector("button[name=confirm]")
    assert _states() == ["received"] * 5
    assert Axe().run(page).response["violations"] == []
    _keys(page, "Enter")
    page.wait_for_selector(".note[role=status]")
    assert _states() == ["received", "acknowledged", "acknowledged", "received", "received"]
    page.get_by_role("link", name="Back to the list").last.focus()
    _keys(page, "Enter")
    page.wait_for_selector("table.queue")
    page.wait_for_function(f"() => {_ROW} === '{made[2]}'")

    _keys(page, "k", "c")
    page.wait_for_url("**/close")
    page.locator("input[name=outcome]").first.focus()
    _keys(page, "Space")
    page.get_by_label("What you tell people").focus()
    page.keyboard.type("Filled this morning.")
    page.locator("form.panel button.btn").last.focus()
    _keys(page, "Enter")
    page.wait_for_selector("button[name=confirm]")
    page.locator("button[name=confirm]").focus()
    _keys(page, "Enter")
    page.wait_for_url(f"**/incidents/{made[1]}")
    assert Incident.objects.get(pk=made[1]).state == "closed"

    page.locator("[data-back-to-list]").first.focus()
    _keys(page, "Enter")
    page.wait_for_selector("table.queue")
    # The row is gone from the list: the one that took its place has the focus.
    page.wait_for_function(f"() => {_ROW} === '{made[2]}'")


def test_letters_do_nothing_outside_a_row_and_can_be_changed_or_switched_off(live_server, browser):
    city = the_city()
    made = [make_incident(city).pk for _each in range(3)]
    page = _signed_in(browser, live_server.url, city)

    page.locator("[role=search] input[type=search]").focus()
    page.keyboard.type("jax")
    assert page.locator("[role=search] input[type=search]").input_value() == "jax"
    page.locator("tbody input").first.focus()
    _keys(page, "?")
    assert page.locator("dialog[open]").count() == 1
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Next row").fill("d")
    _keys(page, "Escape", "d")
    assert _row(page) == made[1]
    _keys(page, "j")
    assert _row(page) == made[1]
    page.get_by_role("button", name="All keys").click()
    page.get_by_label("Use single letters").uncheck()
    page.get_by_role("button", name="Done").click()
    page.locator("tbody input").nth(1).focus()
    _keys(page, "d", "x", "a")
    assert _row(page) == made[1]
    assert page.locator("tbody :checked").count() == 0
    _keys(page, "ArrowDown")
    assert _row(page) == made[2]


def test_without_scripts_rows_are_chosen_and_worked_by_forms(live_server, browser):
    city = the_city()
    made = [make_incident(city).pk for _each in range(2)]
    page = _signed_in(browser, live_server.url, city, java_script_enabled=False)

    for pk in made:
        page.locator(f"tr[data-id='{pk}'] input").check()
    page.get_by_role("button", name="Mark as seen").click()
    page.locator("button[name=confirm]").click()

    assert page.get_by_text("Done with 2.").is_visible()
    assert _states() == ["acknowledged"] * 2


def test_news_is_told_and_shown_only_when_asked(live_server, browser):
    city = the_city()
    made = [make_incident(city).pk for _each in range(2)]
    page = _signed_in(browser, live_server.url, city)
    page.locator("tbody input").nth(1).focus()
    _keys(page, "x")
    add_internal_note(made[0], "Look at this.", actor=staff_actor(city))
    new = make_incident(city).pk

    page.evaluate("document.querySelector('[data-live]').dispatchEvent(new Event('look'))")
    page.wait_for_selector("[data-news]:not([hidden])")
    before = page.locator("tbody tr").count()
    said = page.locator("[data-news] span").inner_text()
    counted = page.locator("[data-count-of=open]").inner_text()
    _keys(page, "r")

    assert (before, said, counted) == (2, "1 new, 1 changed, 0 gone", "3")
    assert page.locator("tbody tr").count() == 3
    assert _row(page) == made[1]
    assert page.locator("tbody :checked").count() == 1
    assert page.locator(f"tr.is-fresh[data-id='{new}']").count() == 1
