"""The inbox by keyboard alone: a draft is taken, given back, taken again and becomes a case."""

import pytest
from tests.walks.keys import press, say, tab_to

from hark311.cases.models import Case
from hark311.contacts.actions import Touch
from hark311.contacts.drafts import begin_draft
from hark311.contacts.models import Draft
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_draft_becomes_a_case_by_keyboard_alone(live_server, city, desk):
    touch = Touch(
        jurisdiction_id=city.pk,
        channel=Channel.FAX,
        kind=InteractionKind.REQUEST,
        language="en",
        at=clock.now(),
    )
    draft = begin_draft(touch, {"description": "A pothole at the corner."})
    page = desk.page
    page.goto(f"{live_server.url}/staff/inbox")
    press(page, "form[action$='/claim'] button")
    page.wait_for_selector("#call")
    page.goto(f"{live_server.url}/staff/inbox")
    press(page, "form[action$='/release'] button")
    page.wait_for_selector("form[action$='/claim']")
    press(page, "form[action$='/claim'] button")
    page.wait_for_selector("#call")

    tab_to(page, "#id_service")
    page.keyboard.type("Pot")
    page.wait_for_selector(".ask input[type=radio]")
    tab_to(page, ".ask input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "#id_address")
    say(page, "1 Main Street")
    page.wait_for_selector("text=Kept at")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/done")

    case = Case.objects.get()
    assert page.inner_text(".plate") == case.number
    assert "A pothole at the corner." in case.public_text
    assert Draft.objects.get(pk=draft.pk).state == "confirmed"
