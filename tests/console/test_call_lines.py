"""Agents take waiting calls from the desk."""

from datetime import timedelta

import pytest
from tests.channels.voice.calling import Caller

from hark311.contacts.models import Call, Draft, Interaction, Message
from hark311.domain.actor import Role

pytestmark = pytest.mark.django_db

OFFICE_HOURS = timedelta(hours=3)


@pytest.fixture
def agent(city, signed_in, frozen_clock):
    frozen_clock.move_by(OFFICE_HOURS)
    return signed_in(city, role=Role.AGENT)


@pytest.fixture
def caller(agent):
    """Somebody who said what it is about, and then asked for a person."""
    someone = Caller()
    someone.call()
    someone.press("1", "1", "1", "0")
    return someone


def test_nobody_in_line_is_said_so(agent):
    assert "Nobody waits." in agent.get("/staff/desk/lines").text


def test_who_waits_is_shown_with_what_the_menus_learned(agent, caller, frozen_clock):
    frozen_clock.move_by(timedelta(minutes=2))
    page = agent.get("/staff/desk/lines").text

    assert "Pothole" in page
    assert "English" in page
    assert "2 min" in page


def test_a_call_that_is_taken_rings_the_agent_and_opens_its_page(agent, caller):
    call = Call.objects.get()
    answer = agent.post(f"/staff/desk/lines/{call.pk}", {"ring": "sip:me@10.0.0.2"})
    caller.wait()

    page = agent.get(answer.url).text
    assert caller.verb("Sip").text == "sip:me@10.0.0.2"
    assert "On the telephone" in page
    assert Draft.objects.get().content["service_code"] == "pothole"
    assert Interaction.objects.count() == 1


def test_a_call_is_taken_by_one_agent(agent, caller, city, signed_in):
    call = Call.objects.get()
    agent.post(f"/staff/desk/lines/{call.pk}", {})
    other = signed_in(city, role=Role.AGENT)

    assert other.post(f"/staff/desk/lines/{call.pk}", {}).url == "/staff/desk/lines"
    assert Call.objects.get().taken_by.email != ""


def test_a_caller_who_hung_up_cannot_be_taken(agent, caller):
    caller.hang_up()

    answer = agent.post(f"/staff/desk/lines/{Call.objects.get().pk}", {})
    assert answer.url == "/staff/desk/lines"


def test_a_caller_is_handed_on_when_the_agent_hangs_up(agent, caller):
    call = Call.objects.get()
    page = agent.post(f"/staff/desk/lines/{call.pk}", {"ring": "sip:me@10.0.0.2"}).url
    caller.wait()
    agent.post(f"{page}/hand-over", {"line": "911"})
    caller.dialed("completed")

    assert caller.verb("Number").text == "911"
    assert Message.objects.filter(text__startswith="→ 911").exists()


def test_an_interpreter_is_added_in_one_step(agent, caller):
    page = agent.post(f"/staff/desk/lines/{Call.objects.get().pk}", {}).url
    agent.post(f"{page}/interpreter", {"interpreter": "es"})

    assert "An interpreter speaks Español" in agent.get(page).text


def test_the_wallboard_counts_who_is_late_and_who_gave_up(agent, caller, frozen_clock):
    quick = Caller()
    quick.call()
    quick.press("1", "0")
    agent.post(f"/staff/desk/lines/{Call.objects.last().pk}", {})
    gone = Caller()
    gone.call()
    gone.press("1", "0")
    gone.hang_up()
    frozen_clock.move_by(timedelta(seconds=30))

    page = " ".join(agent.get("/staff/desk/lines").text.split())
    assert "33%" in page
    assert "30 s" in page


def test_the_page_of_lines_costs_the_same_for_many(agent, caller, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        agent.get("/staff/desk/lines")
    for _more in range(5):
        another = Caller()
        another.call()
        another.press("1", "0")
    with django_assert_max_num_queries(12):
        agent.get("/staff/desk/lines")


def test_what_a_call_was_about_is_kept_after_it(agent, caller):
    page = agent.post(f"/staff/desk/lines/{Call.objects.get().pk}", {}).url
    typed = {"description": "A deep hole.", "channel": "phone", "language": "en", "step": "take"}
    done = agent.post(page, {**typed, "service": "pothole", "lat": "39.95", "lon": "-80.0"}).url
    agent.post(f"{page}/after", {"after": "roads"})

    assert Call.objects.get().after_code == "roads"
    assert 'value="roads"' in agent.get(done).text
