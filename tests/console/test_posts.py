"""Messages to everybody on the pages of the workspace."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.console.conftest import a_photo
from tests.disruptions.make import make_disruption

from hark311.domain.actor import Role
from hark311.outreach.posts.models import Post
from hark311.platform import clock

TEXT = "Elm Street is closed until Friday."


def filled(post: Post | None = None, **more: object) -> dict[str, object]:
    """The form as somebody fills it in."""
    form = {
        "text": TEXT,
        "language": "en",
        "networks": ["bluesky", "x"],
        "fact": TEXT,
        "version": post.version if post else "",
    }
    return form | more


def write(client: Client, **more: object) -> Post:
    owner = client.session["_auth_user_id"]
    answer = client.post("/staff/posts/new", filled(owner=owner, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Post.objects.latest("id")


@pytest.fixture
def agent(city, signed_in) -> Client:
    return signed_in(city, role=Role.AGENT)


@pytest.fixture
def supervisor(city, signed_in) -> Client:
    return signed_in(city)


def test_two_people_publish_a_message(agent, supervisor):
    post = write(agent)
    agent.post(f"/staff/posts/{post.pk}/ask")
    refused = agent.post(f"/staff/posts/{post.pk}/approve", {"version": 1}, follow=True)
    supervisor.post(f"/staff/posts/{post.pk}/approve", {"version": 1})

    post.refresh_from_db()
    assert post.state == "approved"
    assert sorted(post.deliveries.values_list("network", flat=True)) == ["bluesky", "x"]
    assert "may not" in refused.content.decode() or "not allowed" in refused.content.decode()


def test_it_is_taken_back_with_a_reason(agent, supervisor):
    post = write(agent)
    agent.post(f"/staff/posts/{post.pk}/ask")
    supervisor.post(f"/staff/posts/{post.pk}/approve", {"version": 1})
    supervisor.post(f"/staff/posts/{post.pk}/take-back", {"why": "It was wrong."})

    page = supervisor.get(f"/staff/posts/{post.pk}").content.decode()
    assert "It was wrong." in page
    assert "Taken back everywhere" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({"is_wordless": "on"}, "Say in words what the picture shows.", id="no words"),
        pytest.param({"alternative": "A road"}, "without words in it", id="words in the picture"),
    ],
)
def test_a_picture_that_many_cannot_read_is_refused(agent, more, said):
    owner = agent.session["_auth_user_id"]
    answer = agent.post("/staff/posts/new", filled(owner=owner, picture=a_photo(), **more))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Post.objects.count() == 0


def test_a_picture_with_words_for_it_is_kept_and_shown_to_staff_only(agent, client):
    post = write(agent, picture=a_photo(), alternative="A closed road", is_wordless="on")

    shown = agent.get(f"/staff/posts/{post.pk}/picture")
    assert shown.headers["Content-Type"].startswith("image/")
    assert client.get(f"/media/{post.picture}").status_code == 404


def test_networks_fetch_the_picture_of_what_is_approved(agent, supervisor, client):
    post = write(agent, picture=a_photo(), alternative="A closed road", is_wordless="on")
    agent.post(f"/staff/posts/{post.pk}/ask")
    supervisor.post(f"/staff/posts/{post.pk}/approve", {"version": 1})

    assert client.get(f"/media/{post.picture}").status_code == 200


def test_a_message_begins_with_what_an_alert_says(city, agent):
    alert = make_disruption(city)
    page = agent.get(f"/staff/posts/new?alert={alert.pk}").content.decode()
    post = write(agent, alert=alert.pk)

    assert "Water main break. Crews are on it." in page
    assert post.alert_id == alert.pk


def test_the_slide_says_what_the_message_says(agent):
    post = write(agent)

    assert TEXT in agent.get(f"/staff/posts/{post.pk}/slide").content.decode()


def test_a_colleague_who_was_faster_is_told(agent, supervisor):
    post = write(agent)
    owner = agent.session["_auth_user_id"]
    changed = supervisor.post(
        f"/staff/posts/{post.pk}/change", filled(post, owner=owner, text="Sooner.")
    )
    late = agent.post(f"/staff/posts/{post.pk}/change", filled(post, owner=owner))

    assert (changed.status_code, late.status_code) == (302, 422)
    post.refresh_from_db()
    assert post.texts[""] == "Sooner."


def test_it_waits_until_the_time_that_is_given(agent):
    later = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    post = write(agent, publish_at=later)

    assert post.publish_at is not None
    assert later[:10] in agent.get(f"/staff/posts/{post.pk}/change").content.decode()


def test_crew_write_nothing_to_everybody(city, signed_in):
    crew = signed_in(city, role=Role.CREW)

    assert crew.get("/staff/posts/new").status_code == 403


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_however_long_it_is(agent, count, django_assert_max_num_queries):
    for _ in range(count):
        write(agent)

    with django_assert_max_num_queries(16):
        agent.get("/staff/posts")
