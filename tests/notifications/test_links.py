"""The links in a mail open what they say, for whom they were made."""

import re

import pytest
from django.test import Client
from tests.cases.make import FIXED, anybody, make_case, make_person, staff_actor, the_system
from tests.notifications.life import tell, text_of

from hark311.access.links import LinkKind, opens
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.models import Follow
from hark311.notifications.models import Notice

pytestmark = pytest.mark.django_db

ADA, EVE = "ada@people.test", "eve@people.test"


def link_in(mail, part: str) -> str:
    """The path of the link in the mail's text that holds ``part``."""
    [found] = {
        link for link in re.findall(r"https://311\.test(\S+)", text_of(mail)) if part in link
    }
    return found


@pytest.fixture
def browser(settings) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    return Client()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_link_of_a_reporter_opens_the_case_as_its_reporter(post, browser, language):
    person = make_person(email=ADA)
    person.language = language
    person.save()
    case = make_case(person=person, description="My words, unmasked: 212 555 0123.")
    close_incident(case.incident_id, FIXED, actor=the_system())
    tell()

    path, _hash, place = link_in(post.to(ADA)[-1], "#dispute").partition("#")
    page = browser.get(path, follow=True)

    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert "My words, unmasked" in page.text
    assert f'id="{place}"' in page.text


def test_the_link_of_a_question_opens_the_question(post, browser):
    case = make_case(person=make_person(email=ADA))
    ask_reporter(case.pk, "Which lane is it in?", actor=staff_actor())
    tell()

    page = browser.get(link_in(post.to(ADA)[-1], "/question"))

    assert page.status_code == 200
    assert "Which lane is it in?" in page.text


def test_the_link_of_a_follower_ends_the_following(post, browser):
    case = make_case()
    follow_incident(case.pk, make_person(email=EVE).pk, actor=anybody())
    close_incident(case.incident_id, FIXED, actor=the_system())
    tell()
    path = link_in(post.to(EVE)[0], "/unfollow")

    assert browser.get(path).status_code == 200
    assert Follow.objects.get().to_at is None
    assert browser.post(path).status_code == 200

    assert Follow.objects.get().to_at is not None


def test_the_reply_address_names_the_notice_and_cannot_be_guessed(post):
    make_case(person=make_person(email=ADA))
    tell()

    found = re.fullmatch(r"reply\+(\d+)-([0-9a-f]{32})@post\.test", post.to(ADA)[0]["Reply-To"])

    assert found is not None
    assert int(found[1]) == Notice.objects.get().pk
    assert opens(LinkKind.REPLY, int(found[1]), found[2])


def test_a_page_fetches_nothing_from_elsewhere(post):
    make_case(person=make_person(email=ADA))
    tell()

    body = post.to(ADA)[0].get_body(preferencelist=("html",)).get_content()

    assert body.count("<h1") == 1
    assert not re.search(r"<(img|link|script|iframe)\b|url\(|@import", body)
