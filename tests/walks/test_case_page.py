"""The page of a case in a real browser: fresh without a reload, and walked by keyboard alone."""

import pytest
from django.db import connections
from tests.channels.web.cases import make_report, staff_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.models import Dispute, Rating
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.vocabulary import Outcome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DONE = Closing(Outcome.INFORMATION_GIVEN, "It is done.")


def test_an_open_page_takes_over_what_changed_and_keeps_what_is_typed(live_server, city, somebody):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    page = somebody()
    page.goto(f"{live_server.url}/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}")
    page.click("#words summary")
    page.fill("#words-text", "It grows.")

    acknowledge_incident(case.incident_id, actor=staff_of(city))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#case-history >> text=The department has seen it.")

    assert "will start the work next" in page.inner_text("#case-answer")
    assert "will start the work next" in page.inner_text("#case-news")
    assert page.input_value("#words-text") == "It grows."
    assert page.inner_text("[data-pulse]").startswith("Checked ")
    connections.close_all()


def test_two_questions_are_answered_by_keyboard_alone(live_server, city, somebody):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    close_incident(case.incident_id, DONE, actor=staff_of(city))
    page = somebody()
    token = token_for(LinkKind.SURVEY, case.pk)
    page.goto(f"{live_server.url}/track/{case.number}/survey?t={token}")

    page.focus("#main")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("It is still there.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=A supervisor looks again.")

    assert "You get an answer by" in page.inner_text("main")
    assert Dispute.objects.get().text == "It is still there."
    assert (Rating.objects.get().is_fixed, Rating.objects.get().stars) == (False, 1)
    connections.close_all()
