"""Alerts as supervisors write them: seen before they are told, and ended for all at once."""

import pytest
from tests.cases.make import City, staff_actor
from tests.disruptions.make import draft_of, make_disruption
from tests.intake.drafts import make_draft, resident

from hark311.cases.models import Incident
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Role
from hark311.domain.draft import Contact
from hark311.intake.submit import submit
from hark311.notifications.models import Notice

pytestmark = pytest.mark.django_db
WRITTEN = {
    "title_en": "Main break on Elm",
    "text_en": "Crews are on it.",
    "title_es": "Rotura en Elm",
    "gravity": "severe",
    "where": "circle",
    "near": "39.95, -80.0",
    "radius_m": "400",
    "services": ["pothole"],
}


def write(client, path: str = "/staff/alerts/new", **changed):
    return client.post(path, {**WRITTEN, **changed})


def report(city: City, email: str = "ada@people.test"):
    return submit(make_draft(city, contact=Contact(email=email)), actor=resident(city))


def test_it_is_looked_at_before_it_is_told(city, signed_in):
    client = signed_in(city)

    look = write(client).content.decode()
    assert "So people will see it" in look
    assert not Disruption.objects.exists()

    assert write(client, confirm="yes").status_code == 302
    made = Disruption.objects.get()
    assert (made.gravity, made.radius_m, made.services) == ("severe", 400, ["pothole"])
    assert made.titles == {"en": "Main break on Elm", "es": "Rotura en Elm"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"title_en": ""}, "Title in English", id="no title"),
        pytest.param({"near": "xqzzv"}, "We do not know this place", id="unknown place"),
        pytest.param({"radius_m": ""}, "Say how far around it", id="no radius"),
        pytest.param({"where": "areas"}, "Choose at least one", id="no area"),
        pytest.param({"until_at": "2020-01-01T10:00"}, "after it begins", id="ends early"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(city, signed_in, changed, said):
    answer = write(signed_in(city), **changed, confirm="yes")

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Rotura en Elm" in answer.content.decode()
    assert not Disruption.objects.exists()


def test_agents_see_alerts_and_write_none(city, signed_in):
    make_disruption(city)
    client = signed_in(city, role=Role.AGENT)

    listed = client.get("/staff/alerts")
    assert "Water main break" in listed.content.decode()
    assert "/staff/alerts/new" not in listed.content.decode()
    assert write(client, confirm="yes").status_code == 403


def test_a_sensitive_service_is_not_offered(city, signed_in):
    page = signed_in(city).get("/staff/alerts/new").content.decode()

    assert 'value="pothole"' in page
    assert 'value="wellbeing"' not in page


def test_a_change_made_from_an_old_page_is_refused_with_what_was_typed(city, signed_in):
    made, client = make_disruption(city), signed_in(city)
    path = f"/staff/alerts/{made.pk}"
    assert write(client, path, version="1", confirm="yes").status_code == 302

    late = write(client, path, version="1", title_en="Another title", confirm="yes")

    assert late.status_code == 409
    assert "Another title" in late.content.decode()
    assert Disruption.objects.get().version == 2


def test_what_is_planned_can_be_told_at_once(city, signed_in, frozen_clock):
    later = frozen_clock.at.replace(year=2030)
    made = make_disruption(city, draft=draft_of(starts_at=later))

    signed_in(city).post(f"/staff/alerts/{made.pk}/start")

    assert Disruption.objects.get().starts_at == frozen_clock.at


def test_ending_shows_how_many_and_each_letter_before_anything_is_sent(city, signed_in):
    made = make_disruption(city)
    for name in ("ada", "bea"):
        report(city, f"{name}@people.test")
    client, path = signed_in(city), f"/staff/alerts/{made.pk}/end"
    typed = {"text_en": "The pipe is mended.", "then": "fixed", "version": "1"}

    assert "2 people reported it" in client.get(path).content.decode()
    look = client.post(path, typed).content.decode()
    assert "2 people will get this" in look
    assert "The pipe is mended." in look
    assert Incident.objects.get().state == "received"
    assert not Notice.objects.exists()

    client.post(path, {**typed, "confirm": "yes"})
    assert (Incident.objects.get().state, Incident.objects.get().outcome) == ("closed", "fixed")
    assert Disruption.objects.get().ended_at is not None


def test_the_reports_may_stay_open(city, signed_in):
    made = make_disruption(city)
    report(city)

    signed_in(city).post(
        f"/staff/alerts/{made.pk}/end",
        {"text_en": "Water is back.", "then": "open", "version": "1", "confirm": "yes"},
    )

    assert Incident.objects.get().public_note == "Water is back."
    assert Incident.objects.get().state == "received"


def test_what_its_queue_does_not_let_close_is_refused(city, signed_in):
    made = make_disruption(city, actor=staff_actor(city))
    report(city)
    client = signed_in(city, department="community")

    refused = client.post(
        f"/staff/alerts/{made.pk}/end",
        {"text_en": "Done.", "then": "fixed", "version": "1", "confirm": "yes"},
    )

    assert refused.status_code == 403
    assert Incident.objects.get().state == "received"
    assert Disruption.objects.get().ended_at is None


def test_an_alert_that_is_over_is_not_ended_again(city, signed_in):
    made, client = make_disruption(city), signed_in(city)
    typed = {"text_en": "Done.", "then": "open", "version": "1", "confirm": "yes"}
    client.post(f"/staff/alerts/{made.pk}/end", typed)

    assert client.post(f"/staff/alerts/{made.pk}/end", typed).status_code == 422


def test_more_alerts_take_no_more_statements(city, signed_in, django_assert_max_num_queries):
    client = signed_in(city)
    for _count in range(4):
        make_disruption(city)
        report(city)
    client.get("/staff/alerts")

    with django_assert_max_num_queries(8):
        client.get("/staff/alerts")
