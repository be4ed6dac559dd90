"""Light or dark: as the device asks, until somebody chooses; then at once on every page."""

import pytest
from tests.faces.conftest import Faces

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.body).backgroundColor"
SWITCH = "[data-theme-switch]"


@pytest.fixture
def tab(browser, faces: Faces):
    context = browser.new_context(color_scheme="light", locale="en-US")
    page = context.new_page()
    page.goto(f"{faces.address}/answers/which-number")
    yield page
    context.close()


def test_pages_follow_the_device(tab):
    light = tab.evaluate(GROUND)
    tab.emulate_media(color_scheme="dark")

    assert tab.evaluate(GROUND) != light


def test_what_was_chosen_comes_with_the_next_page_and_needs_no_script(tab, browser, faces):
    tab.click(SWITCH)
    dark = tab.evaluate(GROUND)
    state = tab.context.storage_state()
    bare = browser.new_context(java_script_enabled=False, storage_state=state)
    page = bare.new_page()
    page.goto(f"{faces.address}/cases")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(GROUND) == dark
    bare.close()


def test_who_chooses_what_the_device_asks_for_follows_it_again(tab):
    tab.click(SWITCH)
    tab.click(SWITCH)
    tab.reload()

    assert tab.locator("html").get_attribute("data-theme") is None
    assert tab.context.cookies() == [
        one for one in tab.context.cookies() if one["name"] != "hark311_theme"
    ]


def test_print_is_always_light(tab):
    light = tab.evaluate(GROUND)
    tab.click(SWITCH)
    tab.emulate_media(media="print")

    assert tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert tab.evaluate(GROUND) in {light, "rgb(255, 255, 255)"}
    assert not tab.locator(".nav").is_visible()


@pytest.mark.parametrize("language", ["en", "es", "zh-Hans", "zh-Hant", "ko", "ar"])
def test_an_apostrophe_never_falls_into_a_chinese_font(tab, language):
    tab.evaluate(f"document.documentElement.lang = '{language}'")
    tab.evaluate("document.querySelector('h1').textContent = '’'")
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]

    assert [one["familyName"] for one in used if "CJK" in one["familyName"]] == []
