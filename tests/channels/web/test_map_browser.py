"""The map in a real browser: by keyboard, with a filter that stays, and without scripts."""

import pytest
from playwright.sync_api import Page
from tests.channels.web.cases import make_report
from tests.channels.web.test_browser import CHROMIUM, page  # noqa: F401  # a fixture

from hark311.cases.feed import Sequencer, run_reader
from hark311.cases.map_reader import MapReader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]
_SAID = "document.activeElement.getAttribute('aria-label') ?? ''"


def two_reports(city) -> None:
    make_report(city)
    make_report(city, service_code="other", answers={}, description="Something else.")
    Sequencer().run_once()
    run_reader(MapReader())


def focus_by_tab(page: Page, wanted: str) -> None:  # noqa: F811
    for _step in range(60):
        page.keyboard.press("Tab")
        if wanted in str(page.evaluate(_SAID)):
            return
    raise AssertionError(f"nothing called {wanted} is reached by Tab")


def test_a_pin_is_reached_and_opened_by_keyboard(city, live_server, page):  # noqa: F811
    two_reports(city)
    page.goto(f"{live_server.url}/map?service=pothole")
    page.wait_for_selector(".moving .pin")

    page.locator("#status").focus()
    focus_by_tab(page, "Pothole")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup a")

    assert "/track/" in str(page.get_attribute(".leaflet-popup a", "href"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_filter_stays_in_the_address_when_the_map_is_moved(city, live_server, page):  # noqa: F811
    two_reports(city)
    page.goto(f"{live_server.url}/map?service=pothole")
    page.wait_for_selector(".moving .pin")

    page.focus(".moving")
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**bbox=**")
    page.reload()

    assert "service=pothole" in page.url
    assert page.input_value("#service") == "pothole"
    assert page.locator("#found .list li").count() == 1


def test_without_scripts_the_map_is_drawn_and_the_form_works(city, live_server, page):  # noqa: F811
    two_reports(city)
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{live_server.url}/map")

    plain.select_option("#service", "pothole")
    plain.click("text=Show >> nth=0")

    assert "service=pothole" in plain.url
    assert plain.locator(".citymap .m-pin").count() == 1
    assert plain.locator("#found .list li").count() == 1
