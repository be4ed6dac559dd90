"""An agent answers what was said on a network from the page of its draft."""

import pytest
from django.test import Client
from tests.channels.social.payloads import tweet

from hark311.channels.social import x
from hark311.channels.social.taking import take
from hark311.contacts.models import Draft, SocialAnswer
from hark311.domain.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(city, signed_in) -> Client:
    return signed_in(city, role=Role.AGENT)


@pytest.fixture
def draft(city, agent) -> Draft:
    """A mention that this agent has taken."""
    take(next(x.said_in(tweet())), city.jurisdiction)
    SocialAnswer.objects.all().delete()
    found = Draft.objects.get()
    agent.post(f"/staff/inbox/drafts/{found.pk}/claim")
    return found


def answer(agent: Client, draft: Draft, text: str, to: str = "one") -> str:
    said = {"answer": text, "to": to, "description": "A pothole", "language": "en"}
    page = agent.post(f"/staff/inbox/drafts/{draft.pk}/answer", said, follow=True)
    return page.content.decode()


def test_the_inbox_shows_what_came_from_networks(agent, draft):
    assert draft.interaction.reference in agent.get("/staff/inbox?channel=social").content.decode()


def test_the_page_says_who_wrote_where(agent, draft):
    page = agent.get(f"/staff/desk/{draft.pk}").content.decode()

    assert "@ada" in page
    assert "https://x.com/ada/status/901" in page


def test_an_answer_goes_to_them_alone(agent, draft):
    page = answer(agent, draft, "Which lane is it in?")

    sent = SocialAnswer.objects.get()
    assert (sent.is_public, sent.message.text) == (False, "Which lane is it in?")
    assert "Which lane is it in?" in page


def test_what_else_was_typed_is_kept(agent, draft):
    answer(agent, draft, "Which lane?")

    draft.refresh_from_db()
    assert draft.content["description"] == "A pothole"


@pytest.mark.parametrize("text", ["Call Ada at (404) 555-0123", "Write to ada@people.test"])
def test_no_number_or_address_is_answered_in_public(agent, draft, text):
    page = answer(agent, draft, text, to="all")

    assert SocialAnswer.objects.count() == 0
    assert "Leave out the number or address." in page


def test_an_empty_answer_is_not_sent(agent, draft):
    answer(agent, draft, " ")

    assert SocialAnswer.objects.count() == 0
