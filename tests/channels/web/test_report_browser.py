"""A report on a telephone, in a real browser: few presses, photos, places, nothing without keys."""

import time
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connections
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright
from tests.channels.web.test_browser import _QUIET, CHROMIUM, tab_to

from hark311.cases.models import Attachment, Case
from hark311.platform.media_pool import pool

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium"),
]
# What a person takes for a press, and for a letter typed with the thumbs.
_PRESS_S, _LETTER_S = 1.2, 0.3
_HERE = {"latitude": 39.7501, "longitude": -98.5502, "accuracy": 12}


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        yield browser
        browser.close()
        connections.close_all()
    pool.close()


@pytest.fixture
def page(browser) -> Page:
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, locale="en-US", has_touch=True, is_mobile=True)
    return context.new_page()


class Thumb:
    """Counts what a person does, and how long it would take them beside the waiting."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.letters = page, 0, 0
        self.began = time.monotonic()

    def press(self, selector: str) -> None:
        self.presses += 1
        self.page.locator(selector).first.tap()

    def type(self, selector: str, text: str) -> None:
        self.press(selector)
        self.letters += len(text)
        self.page.keyboard.type(text)

    @property
    def seconds(self) -> float:
        by_hand = self.presses * _PRESS_S + self.letters * _LETTER_S
        return by_hand + time.monotonic() - self.began


def photo(tmp_path: Path, name: str = "hole.jpg", color: str = "gray") -> str:
    path = tmp_path / name
    made = BytesIO()
    Image.new("RGB", (1600, 1200), color).save(made, "JPEG")
    path.write_bytes(made.getvalue())
    return str(path)


def to_where(page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/report?service=pothole")
    page.fill("#description", "A deep hole")
    page.locator("button.big").tap()
    page.wait_for_url("**/report/where?*")


def to_details(page: Page, live_server) -> None:
    to_where(page, live_server)
    page.fill("#id_address", "12 Main Street")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/details?*")


def test_a_report_with_a_photo_takes_under_a_minute_and_few_presses(
    page, live_server, city, tmp_path
):
    page.goto(live_server.url)
    thumb = Thumb(page)
    thumb.type("#description", "deep hole by the school")
    thumb.press("form.join button")
    page.wait_for_url("**/report?d=*")
    thumb.press("label[for=service-pothole]")
    thumb.press("button.big")
    page.wait_for_url("**/report/where?*")
    thumb.type("#id_address", "120 mai")
    expect(page.get_by_role("option").first).to_contain_text("120 Main Street")
    thumb.press("[role=option]")
    thumb.press("button.big")
    page.wait_for_url("**/report/details?*")
    thumb.press("label[for=id_q-size_0]")
    thumb.presses += 2  # the control, and a photo in what the telephone shows
    page.set_input_files("#pictures", photo(tmp_path))
    expect(page.locator(".shots img")).to_have_count(1)
    thumb.press("button.big")
    page.wait_for_url("**/report/contact?*")
    thumb.press("button.big")
    page.wait_for_url("**/report/review?*")
    thumb.press("button.big")
    page.wait_for_url("**/report/done/*")

    case = Case.objects.get()
    assert (case.address, case.precision) == ("120 Main Street", "point")
    assert Attachment.objects.filter(case=case).count() == 1
    assert thumb.presses <= 14
    assert thumb.seconds < 60, f"{thumb.seconds:.0f} s with {thumb.presses} presses"
    require_sound_at(page, 360)


def require_sound_at(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_place_is_chosen_by_keys_and_each_step_is_told(page, live_server, city):
    to_where(page, live_server)
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.type("main st")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_contain_text("Choose")

    page.keyboard.press("ArrowDown")
    assert page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        ".getAttribute('aria-selected')"
    )
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("main st")
    field.fill("")
    page.keyboard.type("librar")
    expect(page.get_by_role("option").first).to_contain_text("Library")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Library")
    assert "/report/where" in page.url
    expect(page.get_by_role("status").first).to_contain_text("Chosen: Library")

    page.keyboard.type(" yard")
    assert page.input_value("#id_lat") == ""


def test_the_device_is_asked_where_it_is_on_a_press_only(browser, live_server, city):
    context = browser.new_context(geolocation=_HERE, permissions=["geolocation"])
    page = context.new_page()
    page.goto(f"{live_server.url}/report?service=pothole")
    page.locator("button.big").click()
    page.wait_for_url("**/report/where?*")
    assert page.input_value("#id_lat") == ""

    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_role("status").first).to_contain_text("to about 12 meters")
    assert page.input_value("#id_lat") == "39.750100"
    context.set_geolocation({**_HERE, "accuracy": 900})
    page.reload()
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_role("status").first).to_contain_text("only to about 900 meters")
    assert page.input_value("#id_lat") == ""


def test_a_browser_that_does_not_tell_where_it_is_loses_nothing(page, live_server, city):
    to_where(page, live_server)
    page.fill("#id_address", "by the old mill")
    page.get_by_role("button", name="Use where I am").tap()

    expect(page.get_by_role("status").first).to_contain_text("does not tell us where you are")
    assert page.input_value("#id_address") == "by the old mill"


def test_photos_are_sent_at_once_refused_by_name_and_left_out_by_keys(
    page, live_server, city, tmp_path
):
    to_details(page, live_server)
    bad = tmp_path / "letter.jpg"
    bad.write_bytes(b"%PDF-1.7")
    files = [photo(tmp_path, f"{color}.jpg", color) for color in ("red", "green", "blue")]
    page.set_input_files("#pictures", [files[0], str(bad), files[1]])
    expect(page.locator(".shots img")).to_have_count(2)
    expect(page.locator("#photos .err")).to_contain_text("“letter.jpg” is a PDF")
    require_sound_at(page, 360)

    page.set_input_files("#pictures", [*files, *(photo(tmp_path, f"{n}.jpg") for n in range(40))])
    expect(page.locator("[data-photos-said]")).to_contain_text("We take up to 5 photos")
    # Two of these three were here already.
    expect(page.locator(".shots img")).to_have_count(3)
    page.get_by_role("button", name="Remove photo 1").press("Enter")
    expect(page.locator(".shots img")).to_have_count(2)
    assert page.evaluate("document.activeElement.name") == "remove"

    page.locator("label[for=id_q-size_0]").tap()
    page.locator("button.big").tap()
    page.wait_for_url("**/report/contact?*")
    page.go_back()
    expect(page.locator(".shots img")).to_have_count(2)


def test_enter_in_a_field_goes_on_and_presses_no_other_button(page, live_server, city, tmp_path):
    to_details(page, live_server)
    page.set_input_files("#pictures", photo(tmp_path))
    expect(page.locator(".shots img")).to_have_count(1)
    page.locator("label[for=id_q-size_0]").tap()
    page.locator("summary", has_text="on the web").tap()
    page.locator("#id_photo").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/report/contact?*")
    page.go_back()
    expect(page.locator(".shots img")).to_have_count(1)


def test_the_photo_control_shows_where_the_keys_are(page, live_server, city):
    to_details(page, live_server)
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "pictures":
            break
    ring = "getComputedStyle(document.querySelector('.drop')).outlineStyle"
    assert page.evaluate(ring) == "solid"
    tab_to(page, "button.big")
    require_sound_at(page, 360)


def test_the_pin_is_set_on_the_map_by_keys(page, live_server, city):
    to_where(page, live_server)
    assert page.evaluate("window.L === undefined")
    summary = page.locator("summary", has_text="Set the pin on a map")
    summary.focus()
    page.keyboard.press("Enter")
    moving = page.get_by_role("application")
    moving.focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator("#id_lon")).not_to_have_value("")
    expect(page.locator("#id_lat")).not_to_have_value("")
    require_sound_at(page, 360)
