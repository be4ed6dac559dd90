"""A person reports and tracks by keyboard alone, on a narrow screen, in a real browser."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from tests.channels.web.cases import make_report, staff_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.close_incident import close_incident
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.vocabulary import Outcome

CHROMIUM = Path("/usr/bin/chromium")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# A choice shows its ring around the whole row.
_RING = """() => {
  const on = document.activeElement;
  return getComputedStyle(on.closest(".pick label") ?? on).outlineStyle;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]


@pytest.fixture
def page(monkeypatch):
    # The browser's driver keeps an event loop in this thread; Django would take it for its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        yield browser.new_page(viewport={"width": 320, "height": 640}, locale="en-US")
        browser.close()
        # Beside that loop stands a connection of its own, which nobody else would close.
        connections.close_all()


def require_sound(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe knows, and nothing to be scrolled sideways."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def tab_to(page: Page, selector: str, *, at_most: int = 60) -> None:
    """Press Tab until the element has the focus, which must show."""
    for _press in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate(_RING) != "none", f"no ring around {selector}"
            return
    raise AssertionError(f"Tab never reaches {selector} on {page.url}")


def fill_in(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def press(page: Page, selector: str, *, leads_to: str = "") -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")
    if leads_to:
        page.wait_for_url(leads_to)


def test_reporting_and_tracking_by_keyboard_at_320_pixels(page, live_server, city):
    page.goto(live_server.url)
    require_sound(page)
    press(page, ".skip")
    fill_in(page, "#description", "A deep hole by the school")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report?d=*")
    require_sound(page)
    tab_to(page, "input[name=service]")
    page.keyboard.press("Space")
    press(page, "button.big", leads_to="**/report/where?*")
    require_sound(page)
    fill_in(page, "#id_address", "12 Main Street")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/details?*")
    require_sound(page)
    tab_to(page, "input[name=q-size]")
    page.keyboard.press("Space")
    press(page, "button.big", leads_to="**/report/contact?*")
    require_sound(page)
    press(page, "button.big", leads_to="**/report/review?*")
    require_sound(page)
    press(page, "button.big", leads_to="**/report/done/*")
    require_sound(page)
    number = re.search(r"\d\d-\d{8}-\d", page.url)[0]

    page.goto(f"{live_server.url}/track")
    fill_in(page, "#number", number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/track/{number}")
    assert "Who has it" in page.inner_text("main")
    require_sound(page)


def test_what_is_to_be_fixed_takes_the_focus(page, live_server, city):
    page.goto(f"{live_server.url}/track?number=12")

    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    require_sound(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_kind_of_page_is_sound(page, live_server, city, scheme, language):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    leak = make_report(city, service_code="water_leak", answers={})
    closing = Closing(Outcome.INFORMATION_GIVEN, text="Told.")
    close_incident(leak.incident_id, closing, actor=staff_of(city))
    page.emulate_media(color_scheme=scheme)

    for path in (
        "/cases",
        "/answers/which-number",
        "/account",
        f"/track/{case.number}",
        f"/track/{leak.number}?t={token_for(LinkKind.CASE, leak.pk)}",
        "/track/26-00009999-0",
        "/nowhere",
    ):
        page.goto(f"{live_server.url}{language}{path}")
        require_sound(page)
