"""A meeting is planned, what was told there becomes cases, and the city says what came of it."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from tests.cases.make import make_city

from hark311.cases.models import Case
from hark311.domain.actor import Role
from hark311.outreach.models import Meeting, MeetingRow
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(city, signed_in):
    return signed_in(city, role=Role.AGENT)


@pytest.fixture
def held(city) -> Meeting:
    """A meeting in the south ward, an hour ago."""
    start = clock.now() - timedelta(hours=1)
    return Meeting.objects.create(
        jurisdiction=city.jurisdiction,
        kind="area",
        title="South ward in June",
        area="ward:1",
        starts_at=start,
        ends_at=start + timedelta(minutes=50),
        updated_at=start,
    )


def line(key: str, said: str = "A deep hole.", service: str = "pothole", address: str = "5 Oak St"):
    return {"row": key, "said": said, "service": service, "address": address}


def table(*lines: dict[str, str], **more: str) -> dict[str, object]:
    names = ("row", "said", "service", "address", "name", "email", "phone")
    return {name: [one.get(name, "") for one in lines] for name in names} | more


def rows_url(meeting: Meeting) -> str:
    return f"/staff/meetings/{meeting.pk}/rows"


def test_a_meeting_is_planned_and_stands_in_the_calendar(agent, client):
    form = {"title": "Town hall", "kind": "town_hall", "area": "", "place": "Main hall"}
    times = {"starts_at": "2026-07-01T18:30", "ends_at": "2026-07-01T20:00"}

    answer = agent.post("/staff/meetings/new", form | times)

    assert answer.status_code == 302
    page = client.get("/events").content.decode()
    assert "Town hall" in page
    assert "Main hall" in page


def test_a_meeting_that_ends_before_it_begins_is_refused_and_keeps_what_was_typed(agent):
    form = {"title": "Town hall", "kind": "town_hall"}
    times = {"starts_at": "2026-07-01T18:30", "ends_at": "2026-07-01T17:00"}

    answer = agent.post("/staff/meetings/new", form | times)

    assert answer.status_code == 422
    assert 'value="Town hall"' in answer.content.decode()


def test_each_line_becomes_a_case_of_the_meeting(agent, held):
    lines = table(line("a"), line("b", said="Tags on the wall.", service="graffiti"), send="yes")

    agent.post(rows_url(held), lines)

    assert Case.objects.filter(channel="outreach").count() == 2
    assert not MeetingRow.objects.filter(case_number="").exists()
    assert MeetingRow.objects.filter(content={}).count() == 2


def test_the_same_lines_sent_again_make_no_second_case(agent, held):
    for _ in range(2):
        agent.post(rows_url(held), table(line("a"), send="yes"))

    assert Case.objects.count() == 1


def test_a_line_that_is_refused_keeps_no_other_and_says_why(agent, held):
    agent.post(rows_url(held), table(line("a"), line("b", service=""), send="yes"))

    assert Case.objects.count() == 1
    page = agent.get(f"/staff/meetings/{held.pk}").content.decode()
    assert "There is no such service." in page
    assert "1 line could not be sent." in page


def test_typing_is_kept_without_making_a_case(agent, held):
    answer = agent.post(rows_url(held), table(line("a")), headers={"accept": "application/json"})

    assert answer.json() == {"kept": 1}
    assert Case.objects.count() == 0
    assert "A deep hole." in agent.get(f"/staff/meetings/{held.pk}").content.decode()


def test_an_empty_line_is_nothing(agent, held):
    agent.post(rows_url(held), table({"row": "a"}, send="yes"))

    assert MeetingRow.objects.count() == 0


def test_the_page_says_what_became_of_what_was_told(agent, client, held):
    agent.post(rows_url(held), table(line("a"), send="yes"))

    page = client.get(f"/events/{held.pk}").content.decode()

    assert Case.objects.get().number in page
    assert "What became of what you told us" in page


def test_the_same_stands_on_paper(agent, client, held):
    agent.post(rows_url(held), table(line("a"), send="yes"))

    answer = client.get(f"/events/{held.pk}/paper")

    assert answer.content.startswith(b"%PDF") or answer.status_code == 503


def test_what_is_private_is_counted_and_not_shown(agent, client, held):
    agent.post(rows_url(held), table(line("a"), send="yes"))
    Case.objects.update(privacy="private")

    page = client.get(f"/events/{held.pk}").content.decode()

    assert Case.objects.get().number not in page
    assert "1 more is private." in page


def test_questions_people_and_the_year_are_counted(agent, held):
    agent.post(f"/staff/meetings/{held.pk}/people", {"attended": "42"})
    agent.post(f"/staff/meetings/{held.pk}/question", {"text": "When is the park open?"})
    agent.post(rows_url(held), table(line("a"), send="yes"))

    page = agent.get("/staff/meetings").content.decode()

    assert "<dd>42</dd>" in page
    assert "<dt>Areas reached</dt><dd>1</dd>" in page
    assert "<dt>Cases told there</dt><dd>1</dd>" in page
    assert "<dt>Questions asked</dt><dd>1</dd>" in page


def test_calendars_and_feeds_read_it(client, held):
    made = Calendar.from_ical(client.get("/events.ics").content)
    feed = client.get("/feeds/events.atom")

    [event] = made.walk("VEVENT")
    assert str(event["SUMMARY"]) == "South ward in June"
    assert event.decoded("DTSTART") == held.starts_at
    assert "South ward in June" in feed.content.decode()


def test_another_citys_meeting_is_not_there(agent, city, held):
    other = make_city("elsewhere")
    held.jurisdiction = other.jurisdiction
    held.save()

    assert agent.get(f"/staff/meetings/{held.pk}").status_code == 404
    assert agent.post(rows_url(held), table(line("a"), send="yes")).status_code == 404


def test_a_line_that_waits_hides_no_other(agent, client, held):
    agent.post(rows_url(held), table(line("a"), line("b", service=""), send="yes"))

    assert Case.objects.get().number in client.get(f"/events/{held.pk}").content.decode()
