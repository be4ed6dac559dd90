"""Words meant to do harm are shown as words, on every page and in every mail."""

import pytest
from django.test import Client
from tests.cases.make import make_case, make_person, resident_actor, staff_actor, the_city
from tests.console.conftest import employ
from tests.notifications.life import html_of, tell

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Case
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome, WorkOrderKind

pytestmark = pytest.mark.django_db

HARM = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}\u202e"
RAW = ("<script>alert", "<img src=x")


@pytest.fixture
def case(frozen_clock, settings) -> Case:
    """A case in which everybody wrote something harmful."""
    settings.ALLOWED_HOSTS = ["*"]
    city, staff = the_city(), staff_actor()
    person = make_person(city, name=HARM, email="ada@people.test")
    found = make_case(city, description=HARM, person=person)
    Case.objects.filter(pk=found.pk).update(
        address=HARM, media_urls=[f"https://x.test/?{HARM}", f"javascript:{HARM}"]
    )
    ask_reporter(found.pk, HARM, actor=staff)
    add_words(found.pk, HARM, [], actor=resident_actor(found))
    add_internal_note(found.incident_id, HARM, actor=staff)
    add_public_note(found.incident_id, HARM, actor=staff)
    order_work(
        found.incident_id, WorkOrderKind.REPAIR, city.queues["streets"].pk, HARM, actor=staff
    )
    return found


def _close(case: Case) -> None:
    close_incident(
        case.incident_id, Closing(Outcome.CANNOT_ACT, HARM, detail=HARM), actor=staff_actor()
    )
    request_dispute(case.pk, HARM, actor=resident_actor(case))


def _is_harmless(text: str) -> bool:
    return "alert(1)" in text and not any(raw in text for raw in RAW)


@pytest.mark.parametrize("is_closed", [False, True])
def test_residents_pages_show_it_as_words(case, is_closed):
    if is_closed:
        _close(case)
    browser = Client()
    public = browser.get(f"/track/{case.number}").content.decode()
    browser.get(f"/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}")
    own = browser.get(f"/track/{case.number}").content.decode()

    assert _is_harmless(public)
    assert _is_harmless(own)
    assert _is_harmless(browser.get("/cases").content.decode())
    assert 'href="javascript:' not in public + own


@pytest.mark.parametrize("is_closed", [False, True])
def test_pages_of_staff_show_it_as_words(case, is_closed):
    if is_closed:
        _close(case)
    desk = Client(headers={"host": "testville.test"})
    desk.force_login(employ(the_city()))
    pages = [
        f"/staff/incidents/{case.incident_id}",
        "/staff/search?by=words&q=alert",
        f"/staff/search?q={case.number}",
        "/staff/oversight",
    ]

    for page in pages:
        answer = desk.get(page)
        assert answer.status_code == 200, page
        assert not any(raw in answer.content.decode() for raw in RAW), page


def test_letters_show_it_as_words(case, post):
    _close(case)
    tell()

    assert len(post.taken) >= 3
    for _to, mail in post.taken:
        assert not any(raw in html_of(mail) for raw in RAW), mail["Subject"]
        assert "\n" not in mail["Subject"]
