"""A case on a caller's behalf, an inquiry, and a hand-over."""

import pytest
from tests.cases.make import make_case

from hark311.cases.models import Case
from hark311.contacts.models import Interaction, Message
from hark311.domain.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(city, signed_in):
    return signed_in(city, role=Role.AGENT)


def _report(**changed: str) -> dict[str, str]:
    return {
        "key": "one",
        "channel": "phone",
        "language": "es",
        "description": "Un hoyo grande",
        "service": "pothole",
        "address": "12 Elm Street",
        "lat": "39.95",
        "lon": "-80.0",
        "name": "Ada Poe",
        "phone": "212 555 0123",
        "wants_updates": "on",
        "wants_public": "on",
    } | changed


def test_a_case_is_taken_for_a_caller(city, client):
    answer = client.post("/staff/new", _report())
    case = Case.objects.get()

    assert answer.url == f"/staff/new/{case.number}"
    assert (case.channel, case.language, case.person.name) == ("phone", "es", "Ada Poe")
    assert case.interaction.handler_id == int(client.session["_auth_user_id"])
    assert case.number in client.get(answer.url).content.decode()


def test_the_same_form_sent_twice_is_one_case(city, client):
    first, second = client.post("/staff/new", _report()), client.post("/staff/new", _report())

    assert first.url == second.url
    assert Case.objects.count() == 1


def test_danger_is_asked_about_before_anything_else(city, client):
    page = client.post("/staff/new", _report(description="The house on fire", language="en"))
    passed = client.post(
        "/staff/new",
        _report(description="The house on fire", language="en", danger="fire"),
    )

    assert page.status_code == 200
    assert "Hand over to 911" in page.content.decode()
    assert passed.status_code == 302
    assert Case.objects.get().hazard == "fire"


def test_the_same_thing_again_is_offered_and_may_be_joined(city, client):
    first = make_case(city)

    offered = client.post("/staff/new", _report())
    client.post("/staff/new", _report(join=str(first.incident_id)))

    assert first.number in offered.content.decode()
    assert {case.incident_id for case in Case.objects.all()} == {first.incident_id}


def test_what_is_new_after_all_gets_an_incident_of_its_own(city, client):
    first = make_case(city)

    client.post("/staff/new", _report(join="none"))

    assert Case.objects.exclude(pk=first.pk).get().incident_id != first.incident_id


def test_questions_are_shown_without_losing_what_was_typed(city, client):
    page = client.post("/staff/new", _report(step="questions", address=""))

    assert page.status_code == 200
    assert "Un hoyo grande" in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        pytest.param({"service": "nonsense"}, 422, "Select a valid choice", id="unknown service"),
        pytest.param({"lon": ""}, 422, "Give a place", id="half a place"),
        pytest.param({"lon": "-79.85"}, 400, "Nextville", id="outside"),
        pytest.param({"description": "x" * 5000}, 422, "at most 4000", id="too long"),
        pytest.param({"email": "ada"}, 422, "valid email", id="no address"),
    ],
)
def test_a_report_that_cannot_be_taken_says_why_and_loses_nothing(
    city, client, changed, status, words
):
    page = client.post("/staff/new", _report(**changed))

    assert page.status_code == status
    assert words in page.content.decode()
    assert "12 Elm Street" in page.content.decode()
    assert not Case.objects.exists()


def test_the_number_of_a_sensitive_case_is_read_out_but_not_linked(city, client):
    answer = client.post("/staff/new", _report(service="wellbeing"))

    text = client.get(answer.url).content.decode()

    assert Case.objects.get().number in text
    assert "/staff/incidents/" not in text


def test_an_inquiry_is_logged_without_a_case(city, client):
    client.post("/staff/inquiry", {"channel": "desk", "notes": "Asked for opening hours"})

    logged = Interaction.objects.get()
    assert (logged.kind, logged.channel, logged.outcome) == ("inquiry", "desk", "answered")
    assert Message.objects.get().handled_at is not None
    assert not Case.objects.exists()


def test_an_inquiry_without_words_is_not_logged(city, client):
    assert client.post("/staff/inquiry", {"channel": "desk", "notes": " "}).status_code == 422
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("line", ["911", "988", "211"])
def test_a_hand_over_is_logged(city, client, line):
    client.post("/staff/hand-over", {"line": line, "description": "Fire on Elm"})

    logged = Interaction.objects.get()
    assert (logged.kind, logged.outcome) == ("transfer", f"transfer_{line}")


def test_a_hand_over_keeps_what_was_typed_and_does_not_ask_again(city, client):
    typed = _report(description="The house on fire", language="en")

    page = client.post("/staff/hand-over", {**typed, "line": "911"}).content.decode()
    taken = client.post("/staff/new", {**typed, "danger": "fire"})

    assert "Handed over to 911" in page
    assert "The house on fire" in page
    assert 'action="/staff/new"' in page
    assert '<input type="hidden" name="danger" value="fire">' in page
    assert taken.status_code == 302


def test_the_agent_reads_out_who_has_it_what_happens_next_and_by_when(city, client):
    answer = client.post("/staff/new", _report())

    page = client.get(answer.url).content.decode()
    for words in ("Works", "will look at your report next", "Promised by", "Within 72 hours."):
        assert words in page


def test_of_a_sensitive_case_the_agent_reads_out_the_words_of_its_service(city, client):
    answer = client.post("/staff/new", _report(service="wellbeing"))

    assert "Within 24 hours." in client.get(answer.url).content.decode()


def test_nobody_is_handed_over_to_an_unknown_line(city, client):
    assert client.post("/staff/hand-over", {"line": "900"}).status_code == 404


def test_the_crew_does_not_take_reports(city, signed_in):
    crew = signed_in(city, role=Role.CREW)

    assert crew.get("/staff/new").status_code == 403
    assert crew.get("/staff/inbox").status_code == 403


def test_an_incident_whose_id_is_beyond_all_numbers_is_not_joined(client):
    assert client.post("/staff/new", _report(join="9" * 5000)).status_code == 302
    assert Case.objects.count() == 1
