"""The queue by keyboard alone: rows chosen by letters, one thing done with them to its end."""

import pytest
from playwright.sync_api import Page, expect
from tests.channels.web.cases import make_report
from tests.walks.keys import press, say, tab_to

from hark311.cases.models import Event, Incident
from hark311.cases.verify import verify
from hark311.domain.draft import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(city) -> list[int]:
    """The incidents of three reports."""
    people = [Contact(email=f"p{each}@people.test") for each in range(3)]
    made = [make_report(city, contact=one) for one in people]
    return [case.incident_id for case in made]


def _to_the_rows(page: Page, address: str) -> None:
    page.goto(f"{address}/staff/queues?all=1")
    # Once the letters work, the box for all rows is there.
    page.wait_for_selector("[data-all]:not([hidden])")
    tab_to(page, "tbody input[name=rows]")


def test_two_rows_are_noted_by_letters(live_server, desk, waiting):
    page = desk.page
    _to_the_rows(page, live_server.url)
    for letter in "xjx":
        page.keyboard.press(letter)
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
    page.keyboard.press("n")
    page.wait_for_url("**/bulk/note")
    tab_to(page, "textarea")
    say(page, "The crew has the keys.")
    press(page, "form.panel .btn")
    expect(page.locator("[name=confirm]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Done with 2.")

    assert Event.objects.filter(kind="noted", stream_id__in=waiting).count() == 2
    assert verify().is_whole


def test_one_row_is_given_away_and_handed_over_by_letters(live_server, desk, waiting):
    page = desk.page
    _to_the_rows(page, live_server.url)
    page.keyboard.press("g")
    page.wait_for_url("**/bulk/assign")
    tab_to(page, "#id_account")
    page.keyboard.type("Sam")
    press(page, "form.panel .btn")
    expect(page.locator("[name=confirm]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Done with one.")
    given = Incident.objects.get(assignee__name="Sam Supervisor")

    press(page, "main a[href*='/staff/queues']")
    page.wait_for_selector("[data-all]:not([hidden])")
    # The list stands where it was left.
    expect(page.locator(f"tr[data-id='{given.pk}'] input")).to_be_focused()
    page.keyboard.press("t")
    page.wait_for_url("**/bulk/transfer")
    tab_to(page, "#id_queue")
    page.keyboard.type("Town Clerk: Front")
    tab_to(page, "#id_reason")
    say(page, "It is theirs.")
    press(page, "form.panel .btn")
    expect(page.locator("[name=confirm]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Done with one.")

    given.refresh_from_db()
    assert given.assignee_id is None
    assert Event.objects.filter(kind="transferred", stream_id=given.pk).exists()
