"""Staff at the desk in a real browser: a call by keyboard alone, a race, a new colleague."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.cases.make import make_account
from tests.channels.web.cases import make_report
from tests.console.conftest import PASSWORD
from tests.notifications.life import text_of
from tests.walks.conftest import last_to, link_in

from hark311.cases.models import Case
from hark311.cases.verify import verify
from hark311.contacts.actions import Touch
from hark311.contacts.drafts import begin_draft
from hark311.contacts.models import Draft, Interaction
from hark311.domain.actor import Role
from hark311.domain.draft import Contact
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Account, StaffRole
from hark311.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_call_is_taken_by_keyboard_alone_with_danger_on_the_way(
    live_server, city, desk, somebody
):
    ada = Contact(name="Ada Poe", email="ada@people.test", phone="212 555 0123")
    make_report(city, contact=ada)
    page = desk.page
    _begin(page, live_server.url)
    expect(page.locator("[name=find]")).to_be_focused()

    _say(page, "212 555 0123")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=person]")
    _tab_to(page, "[name=person]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#past-h")
    _tab_to(page, "#id_language")
    page.keyboard.type("Es")
    page.wait_for_selector(".say[lang=es]")
    expect(page.locator("#id_description")).to_be_focused()
    _say(page, "Huele a gas junto al bache")
    page.wait_for_selector("[data-part=danger] .note")
    page.keyboard.press("F9")
    page.wait_for_selector("text=Handed over to 911")
    _tab_to(page, "#id_description")
    _say(page, "Hay un bache, un hoyo en la calle")
    page.wait_for_selector(".sounds button")
    _tab_to(page, ".sounds button")
    page.keyboard.press("1")
    page.wait_for_url("**#ask-h")
    expect(page.locator(".ask input").first).to_be_focused()
    page.keyboard.press("Space")
    _tab_to(page, "#id_address")
    _say(page, "1 Main Street")
    page.wait_for_selector("text=Kept at")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/done")
    number = page.inner_text(".plate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/desk")

    case = Case.objects.get(number=number)
    touch = Interaction.objects.get(draft__isnull=False)
    assert (case.person.email, case.address) == ("ada@people.test", "1 Main Street")
    assert (touch.case_number, touch.handed_to) == (number, "911")
    assert touch.ended_at > touch.started_at
    assert verify().is_whole


def test_what_is_typed_survives_the_window_and_needs_no_script(live_server, city, desk, browser):
    page = desk.page
    _begin(page, live_server.url)
    page.fill("#id_description", "A light is out")
    page.wait_for_selector("text=Kept at")
    address = page.url
    state = page.context.storage_state()
    page.context.close()

    plain = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    plain.goto(address)
    kept = plain.input_value("#id_description")
    plain.select_option("#id_service", index=1)
    plain.click("[data-ask]")
    asked = plain.locator(".ask").count()
    plain.fill("#id_address", "1 Main Street")
    for group in plain.locator(".ask .pick").all():
        group.locator("label").first.click()
    plain.click("[data-take]")

    assert kept == "A light is out"
    assert asked >= 2
    assert re.search(r"/desk/\d+/done", plain.url), plain.inner_text("main")


def test_what_is_typed_before_the_script_comes_is_kept(live_server, city, desk):
    page, held = desk.page, []
    page.route("**/call*.js", lambda route: held.append(route))
    _open_desk(page, live_server.url)
    with page.expect_request("**/call*.js"):
        page.keyboard.press("Enter")
    page.wait_for_selector("#call")
    with page.expect_response("**/kept") as answer:
        page.fill("#id_description", "A light is out")
        held.pop().continue_()

    assert answer.value.ok
    assert Draft.objects.get().content["description"] == "A light is out"


def test_a_page_of_a_call_stays_as_it_is_until_something_is_typed(live_server, city, desk):
    page, kept = desk.page, []
    _begin(page, live_server.url)
    page.fill("#id_description", "There is smoke and a fire in the house")
    page.wait_for_selector("text=Kept at")
    page.on("request", lambda request: kept.append(request.url.endswith("/kept")))
    page.clock.install()
    page.goto(page.url)
    stands = page.locator("[data-part=danger] .btn").first.element_handle()
    page.clock.run_for(3000)
    page.fill("[name=find]", "ada@people.test")
    with page.expect_response("**/kept"):
        page.clock.run_for(3000)
    page.wait_for_selector("text=Kept at")

    assert sum(kept) == 1
    assert stands.evaluate("button => button.isConnected")


def test_of_two_agents_who_take_the_same_draft_one_gets_it(live_server, city, desk, somebody):
    touch = Touch(
        jurisdiction_id=city.pk,
        channel=Channel.FAX,
        kind=InteractionKind.REQUEST,
        language="en",
        at=clock.now(),
    )
    draft = begin_draft(touch, {"description": "The bench is broken."})
    first, second = desk.page, _signed_in(somebody(), live_server.url, _agent(city))
    for page in (first, second):
        page.goto(f"{live_server.url}/staff/inbox")

    first.click("button:has-text('Take it')")
    first.wait_for_selector("#call")
    second.click("button:has-text('Take it')")
    second.wait_for_load_state()
    refused = second.inner_text("main")
    second.goto(f"{live_server.url}/staff/inbox")

    assert "A colleague works on it." in refused
    assert "Sam Supervisor" in second.inner_text("main")
    assert not second.locator("button:has-text('Take it')").count()
    assert first.input_value("#id_description") == "The bench is broken."
    assert Draft.objects.get(pk=draft.pk).claimed_by.name == "Sam Supervisor"


def test_an_administrator_invites_a_worker_who_signs_in(live_server, city, post, somebody):
    boss = _agent(city, Role.ADMIN)
    page = _signed_in(somebody(), live_server.url, boss)
    page.goto(f"{live_server.url}/staff/people/new")
    page.fill("[name=name]", "Wes Worker")
    page.fill("[name=email]", "wes@staff.test")
    page.select_option("[name=role]", "crew")
    page.click("form.panel .btn")
    page.wait_for_selector("[role=status]")

    letter = last_to(post, "wes@staff.test")
    worker = somebody()
    worker.goto(link_in(letter))
    for name in ("password", "again"):
        worker.fill(f"[name={name}]", "three words together")
    worker.keyboard.press("Enter")
    worker.wait_for_selector("text=Welcome. You are signed in.")
    worker.click("button:has-text('Sign out')")
    worker.fill("[name=email]", "wes@staff.test")
    worker.fill("[name=password]", "three words together")
    worker.keyboard.press("Enter")
    worker.wait_for_selector("nav.nav >> text=Queues")
    page.click("form[action$='/close'] button")
    page.wait_for_selector("text=The account is closed.")
    worker.reload()
    worker.wait_for_selector("text=Sign in to work")

    assert "choose a password" in text_of(letter)
    assert Account.objects.get(email="wes@staff.test").name == "Wes Worker"
    assert verify().is_whole


def _begin(page: Page, address: str) -> None:
    """Begin a call by a key, once the page has put the focus on its button."""
    _open_desk(page, address)
    page.keyboard.press("Enter")
    page.wait_for_selector("#call")


def _open_desk(page: Page, address: str) -> None:
    page.goto(f"{address}/staff/desk")
    expect(page.locator("main form button.btn").first).to_be_focused()


def _agent(city, role: Role = Role.AGENT) -> Account:
    account = make_account("Ana Agent")
    account.set_password(PASSWORD)
    account.save()
    StaffRole.objects.create(account=account, jurisdiction=city, role=role.value)
    return account


def _signed_in(page: Page, address: str, account: Account) -> Page:
    page.goto(f"{address}/staff/")
    page.fill("[name=email]", account.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.nav")
    return page


def _say(page: Page, words: str) -> None:
    """Type into the field that has the focus, in place of what stands in it."""
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element."""
    for _step in range(150):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")
