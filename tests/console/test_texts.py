"""Texts kept ready: where they are offered, how they are filled, and who may change them."""

import pytest
from tests.cases.make import cases_of, last_event, make_case, make_incident, make_person, the_system

from hark311.cases.actions.set_expected import set_expected
from hark311.cases.models import Incident, Question
from hark311.cases.queries.staff_incident import last_sequence
from hark311.catalog.models import KeptText
from hark311.domain.actor import Role
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _kept(city, **given) -> KeptText:
    said = {
        "code": "crew",
        "names": {"en": "Crew comes"},
        "texts": {"en": "A crew comes to {street}.", "es": "Un equipo va a {street}."},
        "uses": ["news"],
    }
    return KeptText.objects.create(
        jurisdiction=city.jurisdiction, made_at=clock.now(), **{**said, **given}
    )


def _of_two_languages(city) -> Incident:
    incident = make_incident(city)
    person = make_person(city)
    person.language = "es"
    person.save(update_fields=["language"])
    make_case(city, incident=incident, person=person)
    return incident


def _post(client, incident, code, **typed):
    data = {"seen": last_sequence(incident.pk), **typed}
    return client.post(f"/staff/incidents/{incident.pk}/{code}", data)


def test_a_text_is_put_into_the_form_with_its_blanks_filled_in_each_readers_language(
    city, signed_in
):
    incident, kept = _of_two_languages(city), _kept(city)

    text = _post(signed_in(city), incident, "news", take=kept.pk).content.decode()

    assert ">\nA crew comes to 12 Elm Street.</textarea>" in text
    assert ">\nUn equipo va a 12 Elm Street.</textarea>" in text
    assert "In Spanish, for one person" in text


def test_each_reader_gets_the_words_of_their_language(city, signed_in):
    incident = _of_two_languages(city)
    typed = {"text": "A crew comes.", "text_es": "Un equipo viene."}
    client = signed_in(city)

    preview = _post(client, incident, "news", **typed).content.decode()
    _post(client, incident, "news", **typed, confirm="yes")

    # Once in the letter to one of the two, once in the form.
    assert preview.count("Un equipo viene.") == 2
    assert last_event(incident).body.payload["facts"]["translations"] == {"es": "Un equipo viene."}


def test_the_public_page_shows_the_words_of_its_readers_language(city, signed_in):
    incident = _of_two_languages(city)
    typed = {"text": "A crew comes.", "text_es": "Un equipo viene.", "confirm": "yes"}
    client = signed_in(city)
    _post(client, incident, "news", **typed)
    number = cases_of(incident)[0].number

    english = client.get(f"/track/{number}").content.decode()
    spanish = client.get(f"/es/track/{number}").content.decode()

    assert ("A crew comes." in english, "Un equipo viene." in english) == (True, False)
    assert ("A crew comes." in spanish, "Un equipo viene." in spanish) == (False, True)


def test_a_language_in_which_the_text_is_not_kept_is_named(city, signed_in):
    incident = _of_two_languages(city)
    kept = _kept(city, texts={"en": "A crew comes."})

    text = _post(signed_in(city), incident, "news", take=kept.pk).content.decode()

    assert "It is not kept in Spanish: you have it in English." in text


def test_a_question_is_taken_in_the_language_of_its_one_reader(city, signed_in):
    incident = _of_two_languages(city)
    kept = _kept(city, uses=["question"], texts={"en": "About {number}?", "es": "¿Sobre {number}?"})
    case = cases_of(incident)[1]
    client = signed_in(city)

    text = _post(client, incident, "ask", take=kept.pk, case=case.pk).content.decode()

    assert f">\n¿Sobre {case.number}?</textarea>" in text
    assert not Question.objects.exists()


def test_taking_a_text_loses_nothing_that_was_typed(city, signed_in):
    incident, kept = make_incident(city), _kept(city, uses=["closing"])

    page = _post(
        signed_in(city), incident, "close", take=kept.pk, outcome="not_ours", detail="The county"
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="The county"' in text
    assert 'value="not_ours" id="id_outcome_2" required checked' in text


def test_a_blank_that_is_left_is_not_sent(city, signed_in):
    page = _post(signed_in(city), make_incident(city), "news", text="A crew comes on {date}.")

    assert page.status_code == 422
    assert "Write what belongs in the place of {date}." in page.content.decode()


def test_the_expected_day_fills_the_date(city, signed_in):
    incident = make_incident(city)
    set_expected(incident.pk, clock.now().date().replace(day=9), actor=the_system(city))
    kept = _kept(city, texts={"en": "We come on {date}."})

    text = _post(signed_in(city), incident, "news", take=kept.pk).content.decode()

    assert ">\nWe come on June 9, 2026.</textarea>" in text


@pytest.mark.parametrize(
    ("given", "is_offered"),
    [
        pytest.param({}, True, id="for all"),
        pytest.param({"services": ["pothole"]}, True, id="for this service"),
        pytest.param({"services": ["graffiti"]}, False, id="for another service"),
        pytest.param({"states": ["closed"]}, False, id="for another state"),
        pytest.param({"uses": ["question"]}, False, id="for another use"),
        pytest.param({"is_current": False}, False, id="retired"),
    ],
)
def test_a_text_is_offered_where_it_fits(city, signed_in, given, is_offered):
    _kept(city, **given)

    page = signed_in(city).get(f"/staff/incidents/{make_incident(city).pk}/news")

    assert ("Crew comes" in page.content.decode()) == is_offered


_TYPED = {"name": "Crew comes", "uses": ["news"], "words_en": "We come to {street}."}


def test_a_supervisor_keeps_changes_and_retires_a_text_of_the_department(city, signed_in):
    client = signed_in(city)
    works = city.departments["works"].pk

    client.post("/staff/texts/new", {**_TYPED, "department": works})
    first = KeptText.objects.get()
    client.post(
        f"/staff/texts/{first.pk}", {**_TYPED, "department": works, "words_es": "Vamos a {street}."}
    )
    second = KeptText.objects.get(is_current=True)
    page = client.get("/staff/texts").content.decode()
    client.post(f"/staff/texts/{second.pk}/retire")

    assert (second.version, second.texts["es"]) == (2, "Vamos a {street}.")
    assert "version 2 of" in page
    assert not KeptText.objects.filter(is_current=True).exists()


def test_a_blank_that_nothing_fills_is_refused_with_what_could_stand_there(city, signed_in):
    page = signed_in(city).post(
        "/staff/texts/new",
        {**_TYPED, "department": city.departments["works"].pk, "words_en": "By {mayor}."},
    )

    assert page.status_code == 422
    assert "Nothing can fill {mayor} here." in page.content.decode()
    assert not KeptText.objects.exists()


def test_who_may_not_change_a_text(city, signed_in):
    of_city, of_works = _kept(city), _kept(city, code="own", department=city.departments["works"])
    crew, other = signed_in(city, role=Role.CREW), signed_in(city, department="community")
    own = signed_in(city)

    answers = [
        crew.get("/staff/texts/new").status_code,
        other.get(f"/staff/texts/{of_works.pk}").status_code,
        own.get(f"/staff/texts/{of_city.pk}").status_code,
        own.get(f"/staff/texts/{of_works.pk}").status_code,
    ]

    assert answers == [403, 403, 403, 200]


def test_another_departments_text_is_not_offered(city, signed_in):
    _kept(city, department=city.departments["community"])

    page = signed_in(city).get(f"/staff/incidents/{make_incident(city).pk}/news")

    assert "Crew comes" not in page.content.decode()
