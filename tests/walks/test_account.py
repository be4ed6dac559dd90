"""A person's own reports and letters, by keyboard alone on a narrow screen."""

import pytest
from playwright.sync_api import expect
from tests.channels.web.cases import make_report
from tests.walks.conftest import last_to, link_in
from tests.walks.keys import press, say, tab_to

from hark311.domain.draft import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADA = "ada@people.test"


def test_a_person_comes_in_by_mail_and_says_what_they_want_to_hear(
    live_server, city, post, somebody
):
    case = make_report(city, contact=Contact(email=ADA))
    page = somebody()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/account")
    tab_to(page, "#email")
    say(page, ADA)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Look into your mail")

    page.goto(link_in(last_to(post, ADA)))
    press(page, "main form button")
    page.wait_for_url("**/account")
    status = page.inner_text("main")
    press(page, ".tabs a[href$='/preferences']")
    page.wait_for_url("**/preferences")
    tab_to(page, "#name")
    say(page, "Ada Poe")
    tab_to(page, "[name=language]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=topics]")
    page.keyboard.press("Space")
    press(page, "form.mid .btn")
    page.wait_for_url("**saved=*")

    assert case.number in status
    assert "Received" in status
    assert page.input_value("#name") == "Ada Poe"
    expect(page.locator("#language-es")).to_be_checked()
    expect(page.locator("[name=topics]").first).not_to_be_checked()
