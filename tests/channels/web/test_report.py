"""Reporting without scripts: whole journeys, and every slip on the way."""

import re

import pytest
from django.test import Client
from tests.channels.web.cases import make_report
from tests.channels.web.walk import Walker, number_on

from hark311.cases.models import Case, Incident
from hark311.domain.numbers import is_number

pytestmark = pytest.mark.django_db

HOLE = "There is a deep hole in the road by the school."
HERE = {"lat": "39.75", "lon": "-98.55"}


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def to_where(walker: Walker, words: str = HOLE, service: str = "pothole") -> Walker:
    return walker.go("/report").send(description=words, service=service)


def to_review(walker: Walker, words: str = HOLE, **contact: str) -> Walker:
    to_where(walker, words).send(address="12 Main Street", **HERE)
    if "/same" in walker.url:
        walker.send(joins="none")
    walker.send(q__size="plate")
    return walker.send(**contact)


def test_a_report_walks_from_words_to_a_number(walker):
    walker.go("/").send("/report", press="find", description=HOLE)
    assert "Is it one of these?" in walker.words

    walker.send(service="pothole")
    assert walker.url.startswith("/report/where")
    walker.send(address="12 Main Street", **HERE)
    assert walker.url.startswith("/report/details")
    walker.send(q__size="plate", photo="https://photos.example/1.jpg")
    walker.send(email="ada@people.test", name="Ada Poe")
    assert walker.url.startswith("/report/review")
    assert "Everyone can see this" in walker.words
    walker.send()

    number = number_on(walker)
    assert walker.url == f"/report/done/{number}"
    assert is_number(number)
    case = Case.objects.get(number=number)
    assert (case.description, case.address) == (HOLE, "12 Main Street")
    assert case.answers == {"size": ["plate"]}
    assert case.media_urls == ["https://photos.example/1.jpg"]
    assert case.person.email == "ada@people.test"
    assert "Public Works" in walker.words


def test_sending_twice_gives_the_same_number(walker):
    form = to_review(walker).form()
    first, second = (
        walker.client.post("/report/review", form.values, follow=True) for _ in range(2)
    )

    assert first.redirect_chain == second.redirect_chain
    assert Case.objects.count() == 1


def test_other_words_under_a_sent_form_are_kept_and_asked_about(walker):
    sent = to_review(walker)
    where = walker.form().values["draft"]
    sent.send()
    walker.client.post("/report/contact", {"draft": where, "name": "Bo", "wants_public": "on"})
    key = Case.objects.get().interaction.source_key.removeprefix("report:")

    walker.go(f"/report/review?d={key}").send()

    assert walker.status == 422
    assert "sent this report before" in walker.words
    walker.send()
    assert Case.objects.count() == 2


def test_nothing_typed_is_lost_when_the_session_ends_between_two_steps(walker):
    to_where(walker).send(address="12 Main Street", **HERE)
    form = walker.form()
    walker.client.cookies.clear()

    walker.page = walker.client.post(
        "/report/details", {**form.values, "q-size": "plate"}, follow=True
    )
    walker.url = walker.page.redirect_chain[-1][0]
    walker.send().send()

    assert Case.objects.get().description == HOLE


def test_a_form_without_its_secret_comes_back_with_what_was_typed(city):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    answer = strict.post("/report", {"description": HOLE})

    assert answer.status_code == 403
    assert HOLE in answer.content.decode()


def test_a_form_from_elsewhere_is_not_repeated(city):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://evil.example"})
    answer = strict.post("/report", {"description": HOLE})

    assert answer.status_code == 403
    assert HOLE not in answer.content.decode()


def test_without_a_topic_the_step_says_so_and_keeps_the_words(walker):
    walker.go("/report").send(description=HOLE)

    assert walker.status == 422
    assert "Choose what it is about." in walker.words
    assert walker.form().values["description"] == [HOLE]
    assert "pothole" in walker.form().choices["service"]


def test_an_unknown_service_is_told_and_nothing_is_lost(walker):
    form = walker.go("/report").form()
    walker.page = walker.client.post(
        "/report", {**form.values, "description": HOLE, "service": "dragons"}
    )

    assert walker.status == 422
    assert "There is no such service" in walker.words
    assert HOLE in walker.text


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param({"lat": "39.75"}, "Fill in both", id="half a coordinate"),
        pytest.param({"lat": "x", "lon": "1"}, "with a decimal point", id="no number"),
        pytest.param({"lat": "95", "lon": "1"}, "between -90 and 90", id="off the globe"),
        pytest.param({"lat": "0", "lon": "0"}, "did not know where it is", id="null island"),
        pytest.param({}, "Tell us where it is", id="no place"),
        pytest.param({"lat": "39.5", "lon": "-98.9"}, "Plains County", id="outside"),
        pytest.param({"lat": "10", "lon": "10"}, "do not know who is responsible", id="far away"),
    ],
)
def test_a_place_that_cannot_be_taken_is_told_and_kept(walker, place, line):
    to_where(walker).send(**place)

    assert walker.status == 422
    assert line in walker.words
    for name, value in place.items():
        assert walker.form().values[name] == [value]


def test_a_neighbors_report_is_offered_and_joined_with_an_own_number(walker):
    to_review(walker).send()
    first = Case.objects.get()
    to_where(walker, "Hole again, near the school").send(address="14 Main Street", **HERE)
    assert walker.url.startswith("/report/same")
    assert first.number in walker.words

    walker.send(joins=str(first.incident_id)).send(q__size="plate").send().send()

    assert Incident.objects.count() == 1
    assert Case.objects.count() == 2
    assert number_on(walker) != first.number


def test_not_choosing_among_neighbors_is_told(walker):
    to_review(walker).send()
    to_where(walker).send(**HERE)
    walker.send()

    assert walker.status == 422
    assert "Say if yours is one of these" in walker.words


def test_a_question_that_hangs_on_an_answer_comes_once_it_is_given(walker):
    to_where(walker).send(**HERE)
    assert "Was a car damaged?" not in walker.words

    walker.send(q__size="car")

    assert walker.url.startswith("/report/details")
    assert "Was a car damaged?" in walker.words
    walker.send(q__damage="A tire.")
    assert walker.url.startswith("/report/contact")


def test_a_required_question_left_out_is_told(walker):
    to_where(walker).send(**HERE).send(photo="https://photos.example/1.jpg")

    assert walker.status == 422
    assert "Answer this question" in walker.words
    assert walker.form().values["photo"] == ["https://photos.example/1.jpg"]


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        pytest.param({"email": "ada.mail.com"}, "looks like name@mail.com", id="no at sign"),
        pytest.param({"phone": "12"}, "with its area code", id="short number"),
    ],
)
def test_a_mistyped_contact_is_told_and_kept(walker, contact, line):
    to_review(walker, **contact)

    assert walker.status == 422
    assert line in walker.words
    assert all(walker.form().values[name] == [value] for name, value in contact.items())


def test_the_last_look_covers_telephones_and_mail_addresses(walker):
    to_review(walker, "Call Ada on 404-555-0123 or ada@people.test. Hole.", name="Ada Poe")

    seen = walker.text.split('aria-labelledby="kept"', maxsplit=1)[0].split('id="seen"')[1]
    assert "404-555-0123" not in seen
    assert "ada@people.test" not in seen
    assert "●●●" in seen


def test_a_report_kept_private_is_no_public_case(walker):
    to_where(walker).send(**HERE).send(q__size="plate")
    walker.send(wants_public=[]).send()
    number = number_on(walker)

    assert Case.objects.get().privacy == "private"
    walker.client.cookies.clear()
    assert walker.go(f"/track/{number}").status == 404


@pytest.mark.parametrize(
    ("words", "line"),
    [
        pytest.param("The house is on fire", "Call 911 now", id="stop"),
        pytest.param("A wire hangs low over the road", "Is anyone in danger right now?", id="ask"),
        pytest.param("I want to kill myself", "988", id="crisis"),
    ],
)
def test_words_of_danger_show_whom_to_call_and_are_recorded_all_the_same(walker, words, line):
    to_where(walker, words)
    assert line in walker.words

    walker.send(**HERE).send(q__size="plate").send().send()

    assert line in walker.words
    assert Case.objects.get().hazard


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("<script>alert(1)</script> hole", id="script tags"),
        pytest.param("حفرة عميقة في الطريق 🕳️🚧 \u202eabc", id="right to left and emoji"),
        pytest.param("{{ city }} {% load x %} ${y} %(z)s", id="template language"),
    ],
)
def test_strange_words_arrive_as_they_are_and_run_nowhere(walker, words):
    to_review(walker, words).send()
    number = number_on(walker)

    assert Case.objects.get().description == words
    walker.go(f"/track/{number}")
    assert "<script>alert" not in walker.text
    assert walker.status == 200


def test_a_megabyte_of_words_is_refused_and_comes_back_whole(walker):
    walker.go("/report").send(description="a" * 1_000_000, service="pothole")

    assert walker.status == 422
    assert "Shorten it to 4000" in walker.words
    assert "a" * 1_000_000 in walker.text


def test_a_forged_draft_is_not_believed(walker):
    walker.page = walker.client.post("/report/review", {"draft": "forged"}, follow=True)

    assert walker.page.redirect_chain[-1][0] == "/report"
    assert not Case.objects.exists()


def test_the_page_with_the_number_is_only_for_who_sent_it(walker):
    to_review(walker).send()
    walker.client.cookies.clear()

    assert walker.go(f"/report/done/{Case.objects.get().number}").status == 404


def test_a_report_in_spanish_is_spanish_from_end_to_end(walker):
    walker.go("/es/report").send(description="Hay un bache enorme", service="pothole")
    walker.send(**HERE).send(q__size="plate").send(email="ada@people.test")
    assert "Rellenamos los baches" in walker.words
    walker.send()

    assert walker.url.startswith("/es/report/done/")
    case = Case.objects.get()
    assert (case.language, case.person.language) == ("es", "es")
    assert "Quién" in walker.words


def test_another_topic_joins_no_neighbors_report_of_the_first(walker, city):
    first = make_report(city)
    to_where(walker).send(address="12 Main Street", **HERE).send(joins=str(first.incident_id))
    key = re.search(r"\?d=([\w-]+)", walker.url)[1]

    walker.go(f"/report?d={key}").send(service="water_leak")
    walker.go(f"/report/review?d={key}").send()

    assert Case.objects.get(number=number_on(walker)).incident_id != first.incident_id


def test_no_step_of_a_report_is_kept_on_the_way(walker):
    to_review(walker, name="Ada Poe")
    assert walker.page.headers["Cache-Control"] == "private, no-store"

    walker.send()
    assert walker.page.headers["Cache-Control"] == "private, no-store"
