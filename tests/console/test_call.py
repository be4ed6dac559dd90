"""A call at the agent's desk: kept as typed, danger first, the caller's own past, one touch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import make_case, make_person

from hark311.access.models import ContactReading
from hark311.cases.models import Case
from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.actor import Role
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(city, signed_in):
    return signed_in(city, role=Role.AGENT)


@pytest.fixture
def call(client) -> str:
    """The address of a call that has just begun."""
    return client.post("/staff/desk", {"key": "one", "channel": "phone"}).url


def _typed(**changed: str) -> dict[str, str]:
    return {
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


def test_a_call_begins_once_however_often_the_button_is_pressed(client, call):
    again = client.post("/staff/desk", {"key": "one", "channel": "phone"}).url

    assert again == call
    assert Interaction.objects.count() == 1


def test_what_is_typed_is_kept_and_stands_there_again(client, call):
    client.post(call, _typed(name="Ada Poe"))

    page = client.get(call).text
    for words in ("Un hoyo grande", "12 Elm Street", "Ada Poe"):
        assert words in page
    assert "Un hoyo grande" in client.get("/staff/desk").text
    assert not Case.objects.exists()


def test_the_page_itself_keeps_what_is_typed_and_hears_danger(client, call):
    answer = client.post(f"{call}/kept", _typed(description="House on fire", version="0")).json()

    assert answer["version"] == 1
    assert "Hand over to 911" in answer["parts"]["danger"]
    assert Draft.objects.get().content["description"] == "House on fire"


def test_an_older_window_does_not_write_over_a_newer_one(client, call):
    client.post(f"{call}/kept", _typed(version="0"))

    late = client.post(f"{call}/kept", _typed(description="Old words", version="0"))

    assert late.status_code == 409
    assert Draft.objects.get().content["description"] == "Un hoyo grande"


def test_a_call_becomes_a_case_in_one_touch_from_start_to_end(client, call, frozen_clock):
    begun = clock.now()
    frozen_clock.move_by(timedelta(minutes=4))
    answer = client.post(call, _typed(step="take"))
    number = Case.objects.get().number
    shown = client.get(answer.url).text
    frozen_clock.move_by(timedelta(minutes=1))
    client.post(f"{call}/over")
    frozen_clock.move_by(timedelta(minutes=9))
    client.post(f"{call}/over")

    touch = Interaction.objects.get()
    assert answer.url == f"{call}/done"
    assert number in shown
    assert (touch.case_number, touch.outcome, touch.kind) == (number, "case", "request")
    assert (touch.started_at, touch.ended_at) == (begun, begun + timedelta(minutes=5))
    assert client.get(call).url == answer.url


def test_the_number_and_the_promise_are_read_in_the_callers_language(client, call):
    answer = client.post(call, _typed(step="take"))

    page = client.get(answer.url).text
    assert "Qué sigue" in page
    assert "Read this number to them" in page


def test_danger_is_asked_about_once_before_a_case_is_taken(client, call):
    danger = _typed(description="Hay humo", language="es")
    stopped = client.post(call, {**danger, "step": "take"})
    client.post(call, {**danger, "danger": "fire"})
    shown = client.get(call).text
    taken = client.post(call, {**danger, "danger": "fire", "step": "take"})

    assert "¿Hay alguien en peligro ahora mismo?" in stopped.text
    assert "Hand over to 911" not in shown
    assert taken.status_code == 302
    assert Case.objects.get().hazard == "fire"


def test_a_hand_over_is_logged_in_the_call_and_the_case_can_still_be_taken(client, call):
    client.post(f"{call}/hand-over", _typed(description="House on fire", line="911"))
    page = client.get(call).text
    client.post(call, _typed(description="House on fire", danger="fire", step="take"))

    touch = Interaction.objects.get()
    assert "Handed over to 911" in page
    assert "Stop. This sounds like danger" not in page
    assert (touch.handed_to, touch.outcome) == ("911", "case")
    assert Message.objects.filter(text="→ 911", is_inbound=False).exists()


def test_a_call_handed_to_a_department_counts_as_a_transfer(client, call):
    client.post(f"{call}/hand-over", _typed(department="community"))
    client.post(f"{call}/end", _typed(kind="inquiry"))

    touch = Interaction.objects.get()
    assert (touch.kind, touch.outcome) == ("transfer", "transfer_community")
    assert not Case.objects.exists()


@pytest.mark.parametrize("to", [{"line": "900"}, {"department": "circus"}, {}])
def test_nobody_is_handed_over_to_a_place_unknown(client, call, to):
    assert client.post(f"{call}/hand-over", {**_typed(), **to}).status_code == 404


def test_a_question_is_logged_without_a_case_and_says_which_case_it_was_about(city, client, call):
    case = make_case(city)

    client.post(
        f"{call}/end", _typed(kind="status_check", about=case.number, notes="Comes on Monday.")
    )

    touch = Interaction.objects.get(reference__isnull=False, draft__isnull=False)
    assert (touch.kind, touch.outcome) == ("status_check", "answered")
    assert touch.case_number == case.number
    assert Draft.objects.get().content == {}
    assert "Comes on Monday." in Message.objects.get(interaction=touch).text


def test_a_call_that_was_cut_off_waits_in_the_inbox(client, call, signed_in, city):
    client.post(f"{call}/put-back", _typed())

    other = signed_in(city, role=Role.AGENT)
    assert "Un hoyo grande" in other.get("/staff/inbox").text


@pytest.mark.parametrize(
    "words",
    [
        "adalovell@people.test",
        "212-555-0123",
        "555 0123",
        "Ada Poe",
        "poe",
        "Ada Peo",
        "adalovel@people.test",
    ],
)
def test_a_caller_is_found_by_whatever_they_say_of_themselves(city, client, call, words):
    make_case(city, person=make_person(city, email="adalovell@people.test"))

    page = client.post(call, _typed(step="find", find=words))

    assert "A. P." in page.text
    assert "adalovell@people.test" not in page.text.replace(f'value="{words}"', "")


def test_a_caller_is_found_by_the_number_of_a_case(city, client, call):
    case = make_case(city)

    found = client.post(call, _typed(step="find", find=case.number)).context["found"]

    assert [one.person_id for one in found.callers] == [case.person_id]


def test_who_is_exactly_meant_comes_alone(city, client, call):
    make_case(city, person=make_person(city, name="Ada Poe", email="a@people.test"))
    make_case(city, person=make_person(city, name="Ada Peo", email="b@people.test"))

    found = client.post(call, _typed(step="find", find="Ada Poe")).context["found"]

    assert len(found.callers) == 1


def test_looking_at_callers_and_opening_one_is_on_record(city, client, call):
    case = make_case(city)
    earlier = make_case(city, person=case.person)

    client.post(call, _typed(step="find", find="Ada Poe"))
    looked = set(ContactReading.objects.values_list("case_number", flat=True))
    client.post(f"{call}/caller", _typed(person=str(case.person_id)))
    opened = set(ContactReading.objects.values_list("case_number", flat=True))
    page = client.get(call).text

    assert looked == {earlier.number}
    assert opened == {case.number, earlier.number}
    assert case.person.email in page
    assert case.number in page


def test_a_person_known_only_by_a_sensitive_case_is_nobody(city, client, call):
    case = make_case(city, service="wellbeing")

    found = client.post(call, _typed(step="find", find="Ada Poe")).context["found"]
    chosen = client.post(f"{call}/caller", _typed(person=str(case.person_id)))

    assert found.callers == ()
    assert chosen.status_code == 404
    assert not ContactReading.objects.exists()


def test_who_calls_about_what_is_late_hears_sorry_first(city, client, call, frozen_clock):
    case = make_case(city)
    frozen_clock.move_by(timedelta(days=4))

    client.post("/staff/desk", {"key": "one"})
    client.post(f"{call}/caller", _typed(person=str(case.person_id)))

    assert "Say sorry first." in client.get(call).text


def test_the_caller_joins_what_is_open_near_them(city, client, call):
    case = make_case(city)

    near = client.post(call, _typed(), follow=True).context["near"]
    client.post(call, _typed(near=f"{case.incident_id}:pothole"))
    client.post(call, _typed(join=str(case.incident_id), step="take"))

    assert [one.incident_id for one in near] == [case.incident_id]
    assert {one.incident_id for one in Case.objects.all()} == {case.incident_id}


def test_what_is_open_is_found_by_the_words_of_a_place(city, client, call):
    case = make_case(city)

    near = client.post(call, _typed(lat="", lon=""), follow=True).context["near"]

    assert [(one.incident_id, one.distance_m) for one in near] == [(case.incident_id, None)]


def test_a_place_that_was_meant_gives_the_position(client, call):
    client.post(call, _typed(lat="", lon="", place="39.95|-80.0|12 Elm Street, South"))

    page = client.get(call)
    assert page.context["form"]["lat"].value() == "39.95"
    assert page.context["form"]["address"].value() == "12 Elm Street, South"


def test_nothing_sensitive_is_shown_near_a_caller(city, client, call):
    make_case(city, service="wellbeing")

    assert client.post(call, _typed(), follow=True).context["near"] == ()


def test_a_report_that_cannot_be_taken_says_why_and_keeps_everything(client, call):
    page = client.post(call, _typed(step="take", lon="-79.85"))

    assert page.status_code == 400
    assert "Nextville" in page.text
    assert "12 Elm Street" in client.get(call).text


def test_nobody_goes_on_with_a_colleagues_call(city, client, call, signed_in):
    other = signed_in(city, role=Role.AGENT)

    assert other.get(call).url.startswith("/staff/inbox/drafts/")
    assert other.post(f"{call}/kept", _typed(version="0")).status_code == 409
    assert other.post(call, _typed(step="take")).status_code == 409
    assert signed_in(city, role=Role.CREW).get(call).status_code == 403


def test_a_call_costs_the_same_whatever_the_caller_reported(city, client, call):
    person = make_person(city)
    make_case(city, person=person)
    client.post(f"{call}/caller", _typed(person=str(person.pk)))
    client.get(call)
    queries = _count(client, call)
    for _each in range(5):
        make_case(city, person=person)

    assert _count(client, call) == queries


def _count(client, address) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)
