import pytest
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from tests.cases.make import NORTH, make_case, make_city, make_person

from hark311.access.models import ContactReading
from hark311.cases.models import Case
from hark311.cases.queries import staff_search
from hark311.domain.actor import Role
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


def _found(response) -> set[str]:
    return {hit.number for hit in response.context["hits"]}


@pytest.fixture
def client(city, signed_in):
    return signed_in(city)


@pytest.mark.parametrize("spelled", ["{0}", " {0} ", "{1}"])
def test_a_case_is_found_by_its_number(city, client, spelled):
    case = make_case(city)
    make_case(city)

    page = client.get(
        "/staff/search", {"q": spelled.format(case.number, case.number.replace("-", ""))}
    )

    assert _found(page) == {case.number}


def test_a_case_is_found_by_its_old_number(city, client):
    case = make_case(city)
    Case.objects.filter(pk=case.pk).update(foreign_number="SR-4711")

    assert _found(client.get("/staff/search", {"q": "SR-4711", "by": "number"})) == {case.number}


def test_words_are_found_in_any_order(city, client):
    case = make_case(city, description="A deep hole beside the bus stop")
    make_case(city, description="A bus is late")

    assert _found(client.get("/staff/search", {"q": "stop hole"})) == {case.number}
    assert _found(client.get("/staff/search", {"q": '"bus stop"'})) == {case.number}


def test_a_place_is_found_by_address_and_by_area(city, client):
    north = make_case(city, point=NORTH)
    south = make_case(city)

    def found(words: str) -> set[str]:
        return _found(client.get("/staff/search", {"q": words, "by": "place"}))

    assert found("elm street") == {north.number, south.number}
    assert found("North") == {north.number}


@pytest.mark.parametrize("words", ["ada@people.test", "ADA@people.test", "(212) 555-0123", "poe"])
def test_a_person_is_found_and_the_reader_is_logged(city, client, words):
    case = make_case(city, person=make_person(city, name="Ada Poe", email="ada@people.test"))
    other = make_person(city, name="Bo Li", email="bo@people.test")
    Person.objects.filter(pk=other.pk).update(phone="")
    make_case(city, person=other)

    page = client.post("/staff/search", {"q": words, "by": "person"})

    assert _found(page) == {case.number}
    assert "A. P." in page.content.decode()
    assert "Ada Poe" not in page.content.decode()
    assert [row.case_number for row in ContactReading.objects.all()] == [case.number]


def test_a_person_is_never_looked_for_by_an_address(city, client):
    make_case(city, person=make_person(city, email="ada@people.test"))

    page = client.get("/staff/search", {"q": "ada@people.test", "by": "person"})

    assert _found(page) == set()
    assert not ContactReading.objects.exists()


def test_who_may_not_open_contacts_may_not_look_for_people(city, signed_in):
    client = signed_in(city, role=Role.CREW)

    assert client.post("/staff/search", {"q": "poe", "by": "person"}).status_code == 403
    assert "Search people" not in client.get("/staff/search").content.decode()


def test_a_person_whose_name_was_misheard_is_found(city, client):
    case = make_case(city, person=make_person(city, name="Katarzyna Nowakowska"))

    page = client.post("/staff/search", {"q": "Katarzina Novakowska", "by": "person"})

    assert _found(page) == {case.number}


def test_what_many_cases_say_is_found_among_the_last_and_what_few_say_far_back(
    city, client, monkeypatch
):
    monkeypatch.setattr(staff_search, "_SPANS", (1, 2))
    monkeypatch.setattr(staff_search, "AT_MOST", 2)
    old = make_case(city, description="A rare word")
    common = [make_case(city) for _each in range(3)]

    assert _found(client.get("/staff/search", {"q": "hole"})) == {
        case.number for case in common[1:]
    }
    assert _found(client.get("/staff/search", {"q": "rare"})) == {old.number}


@pytest.mark.parametrize("by", ["number", "words", "place", "person"])
def test_no_search_finds_what_one_may_not_know_of(city, client, by):
    secret = make_case(
        city,
        service="wellbeing",
        description="unique words",
        person=make_person(city, name="unique words"),
    )
    foreign = make_case(make_city("elsewhere"), description="unique words")
    wanted = {"number": secret.number, "place": "Elm"}.get(by, "unique words")

    page = client.post("/staff/search", {"q": wanted, "by": by})

    assert _found(page) & {secret.number, foreign.number} == set()


def test_who_works_in_the_sensitive_queue_finds_its_cases(city, signed_in):
    secret = make_case(city, service="wellbeing")
    client = signed_in(city, department="community")

    assert _found(client.get("/staff/search", {"q": secret.number})) == {secret.number}


@pytest.mark.parametrize(
    ("rows", "column", "index"),
    [
        pytest.param(Case, "public_text", "case_words", id="words"),
        pytest.param(Case, "address", "case_address_words", id="address"),
        pytest.param(Person, "name", "person_name_words", id="names"),
    ],
)
def test_searches_use_their_index(db, rows, column, index):
    found = rows.objects.annotate(words=SearchVector(column, config="simple")).filter(
        words=SearchQuery("hole", config="simple")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in found.explain()
