"""Whole lives of reports, walked in a real browser by residents and staff, with all their mail."""

import re

import pytest
from playwright.sync_api import Page
from tests.channels.web.cases import make_report
from tests.notifications.life import tell, text_of
from tests.walks.conftest import last_to, link_in

from hark311.cases.models import Clock
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.domain.draft import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADA, LUZ = "ada@people.test", "luz@people.test"


def test_a_report_is_asked_about_answered_closed_and_rated(live_server, city, desk, post, somebody):
    ada = somebody()
    number = _report(ada, live_server.url, service="Pothole", email=ADA)
    tell()
    assert number in last_to(post, ADA)["Subject"]

    incident = desk.find(number)
    desk.press(incident, "acknowledge")
    desk.press(incident, "start")
    desk.send(incident, "note", text="Crew four has the cones.")
    shown = desk.send(incident, "news", text="The crew comes on Tuesday.")
    desk.send(incident, "ask", text="Which lane is it in?")
    tell()
    ada.goto(link_in(last_to(post, ADA)))
    ada.fill("textarea[name=text]", "The right one.")
    ada.click("form.stack .btn")
    ada.wait_for_load_state()
    desk.send(incident, "close", chosen="Fixed", text="The hole is filled.")
    tell()
    ada.goto(f"{live_server.url}/track/{number}")
    ada.click("#rate summary")
    ada.check("#stars-5")
    ada.click("#rate .btn")
    ada.wait_for_url("**said=rate")

    assert "The crew comes on Tuesday." in shown
    page = ada.inner_text("main")
    for words in ("The crew comes on Tuesday.", "The right one.", "The hole is filled.", "Fixed"):
        assert words in page
    assert "cones" not in page + "".join(text_of(mail) for mail in post.to(ADA))
    assert text_of(last_to(post, ADA)).count("The hole is filled.") == 1
    _require_whole()


def test_neighbors_are_told_of_a_closing_that_was_not_true(live_server, city, desk, post, somebody):
    ada, luz = somebody(), somebody()
    first = _report(ada, live_server.url, service="Pothole", email=ADA)
    second = _report(luz, f"{live_server.url}/es", service="Bache", email=LUZ)
    incident = desk.find(second)
    assert desk.find(first) == incident
    desk.send(incident, "close", chosen="Fixed", text="The hole is filled.")
    tell()
    closed = text_of(last_to(post, LUZ))

    luz.goto(link_in(last_to(post, LUZ)).split("#")[0])
    luz.fill("#dispute-text", "El hoyo sigue ahí.")
    luz.click("#dispute .btn")
    luz.wait_for_url("**said=dispute")
    disputed = luz.inner_text("main")
    desk.send(incident, "uphold", chosen="opened again for all", text="The gravel did not hold.")
    tell()
    luz.reload()

    assert "El bache está rellenado." in closed
    assert "The hole is filled." not in closed
    assert re.search(r"Para cuándo\n.+\nRecibirá respuesta para entonces\.", disputed)
    assert "Se cerró ese día" not in disputed
    for address in (ADA, LUZ):
        assert "The gravel did not hold." in text_of(last_to(post, address))
    assert "La cuadrilla revisa el bache" in luz.inner_text("main")
    _require_whole()


def test_a_closing_needs_its_proof_and_a_declined_dispute_is_answered(
    live_server, city, desk, post, somebody
):
    ada = somebody()
    number = _report(ada, live_server.url, service="Pothole", email=ADA)
    incident, page = desk.find(number), desk.page
    page.goto(f"{incident}/close")
    page.locator("form.panel label", has_text="Fixed").first.click()
    page.fill("[name=text]", "The hole is filled.")
    page.click("form.panel > .row button.btn")
    page.wait_for_selector(".err")
    refused, kept = page.inner_text(".err"), page.input_value("[name=text]")
    desk.send(incident, "close", chosen="Fixed", text="The hole is filled.")
    tell()
    ada.goto(link_in(last_to(post, ADA)).split("#")[0])
    ada.fill("#dispute-text", "I still see a hole.")
    ada.click("#dispute .btn")
    ada.wait_for_url("**said=dispute")
    desk.send(incident, "decline", text="We looked again: that one is on private ground.")
    tell()
    ada.reload()

    assert "Add a photo" in refused
    assert kept == "The hole is filled."
    assert "that one is on private ground" in text_of(last_to(post, ADA))
    page_words = ada.inner_text("main")
    assert "You questioned the closing." in page_words
    assert "that one is on private ground" in page_words
    _require_whole()


def test_what_was_joined_and_parted_again_keeps_its_promise(live_server, city, desk, post):
    ada, luz = (make_report(city, contact=Contact(email=one)) for one in (ADA, LUZ))
    before = _dues(luz)
    here, there = desk.find(luz.number), desk.find(ada.number)

    shown = desk.send(here, "merge", chosen=ada.number, text="It is one hole.")
    tell()
    desk.page.goto(here)
    emptied = desk.page.inner_text("main")
    desk.send(there, "unmerge", chosen=luz.number)
    tell()
    desk.page.goto(here)

    assert _dues(luz) == before
    assert "It is one hole." in shown
    assert "Joined into another one." in emptied
    assert "It is handled on its own again." in text_of(last_to(post, LUZ))
    assert "Other reports of the same thing were added." in text_of(last_to(post, ADA))
    assert not desk.page.locator(f"a[href='{here}/unmerge']").count()
    _require_whole()


def _report(page: Page, address: str, *, service: str, email: str) -> str:
    """Report a hole, joining what is offered; return the number."""
    page.goto(f"{address}/report")
    page.fill("#description", "hole hoyo")
    page.click("button[name=find]")
    page.locator("label", has_text=service).first.click()
    _next(page, "where")
    page.click("summary:has(+ * [name=lat])")
    page.fill("#id_lat", "39.75")
    page.fill("#id_lon", "-98.55")
    page.click("button.big")
    page.wait_for_url(re.compile("/(same|details)"))
    if "/same" in page.url:
        page.locator("#joins-group button[name=joins]").first.click()
        page.wait_for_url("**/report/details?*")
    page.locator("label", has=page.locator("[name=q-size]")).first.click()
    _next(page, "contact")
    page.fill("[name=email]", email)
    _next(page, "review")
    page.click("button.big")
    page.wait_for_url("**/report/done/*")
    found = re.search(r"\d\d-\d{8}-\d", page.url)
    assert found
    return found[0]


def _next(page: Page, step: str) -> None:
    page.click("button.big")
    page.wait_for_url(f"**/report/{step}?*")


def _dues(case):
    return list(Clock.objects.filter(case=case).order_by("id").values_list("target", "due_at"))


def _require_whole() -> None:
    """Every chain is whole, and the rows are what the events say."""
    assert verify().is_whole
    assert compare().differences == ()
