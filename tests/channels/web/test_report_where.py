"""Where it is: what is typed finds its place, and nobody is stopped who cannot say it exactly."""

import pytest
from tests.channels.web.test_report import to_where
from tests.channels.web.walk import Walker

from hark311.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(city, client) -> Walker:
    return to_where(Walker(client))


def sent(walker: Walker) -> Case:
    walker.send(q__size="plate").send().send()
    return Case.objects.get()


def test_an_address_gets_its_point(walker):
    case = sent(walker.send(address="120 Main Street"))

    assert case.address == "120 Main Street"
    assert case.precision == "point"
    assert case.lat == pytest.approx(39.75)


def test_a_changed_address_takes_the_point_of_the_old_one_with_it(walker):
    walker.send(address="120 Main Street")
    key = walker.url.rpartition("=")[2]
    case = sent(walker.go(f"/report/where?d={key}").send(address="400 Mill Road"))

    assert case.lat != pytest.approx(39.75)
    assert case.precision == "point"


def test_a_point_that_a_script_found_goes_with_the_address_it_was_found_for(walker):
    walker.send(address="Library", lat="39.7525", lon="-98.556", found_for="Library")
    key = walker.url.rpartition("=")[2]
    walker.go(f"/report/where?d={key}").send(address="where the old oak was")

    assert "We do not know this place." in walker.words
    assert walker.form().values["lat"] == [""]


def test_a_point_of_ones_own_stays_when_the_address_is_changed(walker):
    walker.send(address="behind the barn", lat="39.76", lon="-98.55")
    key = walker.url.rpartition("=")[2]
    case = sent(walker.go(f"/report/where?d={key}").send(address="in front of the barn"))

    assert (case.lat, case.address) == (39.76, "in front of the barn")


def test_of_several_places_one_is_chosen(walker):
    walker.send(address="mill")
    assert "Which one is it?" in walker.words

    walker.send(place="landmark:Mill Creek")
    case = sent(walker)
    assert (case.address, case.precision) == ("Mill Creek", "point")


def test_who_finds_theirs_not_among_them_goes_on_with_what_was_written(walker):
    walker.send(address="mill").send(place="typed")
    case = sent(walker)

    assert (case.address, case.precision) == ("mill", "city")


def test_an_area_among_the_places_is_taken_as_the_area(walker):
    walker.send(address="East Side").send(place="area:East Side")

    assert sent(walker).precision == "area"


def test_a_street_alone_asks_for_more_once(walker):
    walker.send(address="Main Street").send(place="street:Main Street")
    assert "A street is long." in walker.words

    walker.send()
    assert walker.url.startswith("/report/details")


def test_a_place_that_nobody_knows_asks_once_and_stops_nobody(walker):
    walker.send(address="where the old oak was")
    assert "We do not know this place." in walker.words
    assert walker.form().values["address"] == ["where the old oak was"]

    walker.send()
    assert walker.url.startswith("/report/details")
    assert sent(walker).precision == "city"


def test_places_are_offered_while_one_types(walker, django_assert_num_queries):
    found = walker.client.get("/report/places?q=12 main").json()["places"]
    assert found[0]["label"] == "12 Main Street"
    assert float(found[0]["lat"]) == pytest.approx(39.75)
    assert found[0]["hint"] == "Old Town"

    street = walker.client.get("/report/places?q=main street").json()["places"][0]
    assert street == {"label": "Main Street", "hint": street["hint"], "lat": "", "lon": ""}
    with django_assert_num_queries(5):
        walker.client.get("/report/places?q=elm and main")


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=" + "x" * 5000, "q=🕳️", "q=main&lat=x&lon=1", "q=%25%27"]
)
def test_no_query_breaks_the_list_of_places(walker, query):
    assert walker.client.get(f"/report/places?{query}").status_code in {200, 400}


def test_places_speak_the_language_of_the_page(walker):
    assert walker.client.get("/es/report/places?q=biblio").json()["places"][0]["label"] == (
        "Biblioteca"
    )
