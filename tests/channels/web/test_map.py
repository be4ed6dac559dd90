"""The list and the map of what others reported."""

import json

import pytest
from tests.channels.web.cases import HERE, make_report

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.feed import Sequencer, run_reader
from hark311.cases.map_reader import MapReader
from hark311.domain.actor import system_actor
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome

pytestmark = pytest.mark.django_db


def read_the_feed() -> None:
    while Sequencer().run_once():
        pass
    while run_reader(MapReader()):
        pass


def page(client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_map_shows_open_reports_and_all_of_them_when_asked(city, client):
    shut, still = make_report(city), make_report(city)
    closing = Closing(outcome=Outcome.INFORMATION_GIVEN, text="The county does this.")
    close_incident(shut.incident_id, closing, actor=system_actor(city.pk))

    first, both = page(client, "/map"), page(client, "/map", status="all")

    assert still.number in first
    assert shut.number not in first
    assert shut.number in both
    assert "1 open report" in first


def test_reports_near_a_named_place_come_nearest_first_with_its_name(city, client):
    case = make_report(city)

    near = page(client, "/map", near="main & mill")
    far = page(client, "/map", near="3rd street and oak")

    assert "1 open report near Main Street &amp; Mill Road" in near
    assert case.number in near
    assert "Nearest first." in far


def test_a_place_nobody_knows_is_said_and_keeps_what_was_typed(city, client):
    said = page(client, "/cases", near="Xqzzv 99")

    assert "We do not know this place" in said
    assert 'value="Xqzzv 99"' in said


def test_the_address_of_the_next_page_goes_on_with_the_same_filters(city, client):
    made = [make_report(city) for _each in range(21)]
    first = page(client, "/cases", service="pothole")

    way_on = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(client, f"/cases{way_on}")

    assert "service=pothole" in way_on
    assert made[0].number in second
    assert made[20].number not in second
    assert "Back to the first" in second


@pytest.mark.parametrize(
    "query",
    [
        {"bbox": "1,2,3"},
        {"bbox": "nan,nan,nan,nan"},
        {"bbox": "9,9,1,1"},
        {"after": "x~1"},
        {"after": "2026-01-01~5"},
        {"after": "~"},
        {"near": "\x00", "after": "1e999~3"},
        {"since": "2026-02-31", "until": "0001-01-01"},
        {"service": "no_such", "area": "no:such", "status": "no"},
        {"q": "' | & :* \\"},
    ],
)
@pytest.mark.parametrize("address", ["/cases", "/map", "/map/items.json"])
def test_what_means_nothing_is_left_out(city, client, address, query):
    make_report(city)

    assert client.get(address, query).status_code == 200


def test_a_window_of_the_map_gives_each_report_with_words_for_its_pin(city, client):
    case = make_report(city)
    read_the_feed()

    found = json.loads(page(client, "/map/items.json", bbox="-98.6,39.7,-98.5,39.8", zoom="15"))

    (item,) = found["items"]
    assert found["total"] == 1
    assert (item["lon"], item["lat"]) == (HERE.lon, HERE.lat)
    assert item["url"].endswith(case.number)
    assert (item["title"], item["kind"]) == ("Pothole", "new")


def test_private_reports_are_in_no_list_and_no_window(city, client):
    case = make_report(city, wants_public=False)
    read_the_feed()

    for address in ("/cases", "/map", "/map/items.json"):
        assert case.number not in page(client, address)


def test_the_ground_is_kept_for_ever_under_its_own_version_only(city, client):
    address = page(client, "/map").split('data-ground="')[1].split('"')[0]

    kept, asked_anew = client.get(address), client.get("/map/ground.json")
    names = {street["name"] for street in kept.json()["streets"]}

    assert "immutable" in kept["Cache-Control"]
    assert asked_anew["Cache-Control"] == "no-cache"
    assert "Main Street" in names


def test_a_point_is_named_by_what_is_near(city, client):
    corner = client.get("/map/near.json", {"lat": "39.7501", "lon": "-98.5601"}).json()
    nowhere = client.get("/map/near.json", {"lat": "10", "lon": "10"}).json()
    nonsense = client.get("/map/near.json", {"lat": "x"}).json()

    assert corner["label"] in {"Main Street & Oak Avenue", "Oak Avenue & Main Street"}
    assert nowhere["label"] == nonsense["label"] == ""


@pytest.mark.parametrize("reports", [1, 9])
@pytest.mark.parametrize("address", ["/cases", "/map"])
def test_a_page_costs_the_same_for_any_number_of_reports(
    city, client, address, reports, django_assert_max_num_queries
):
    for _each in range(reports):
        make_report(city)
    client.get(address)

    with django_assert_max_num_queries(14):
        client.get(address)


def test_a_map_names_its_tiles_where_the_deployment_has_some(client, city, settings):
    plain = client.get("/map").content.decode()
    settings.TILES_URL = "https://tiles.town.test/{z}/{x}/{y}.png"
    settings.TILES_CREDIT = "Town tiles"
    tiled = client.get("/map").content.decode()

    assert "data-tiles" not in plain
    assert 'data-tiles="https://tiles.town.test/{z}/{x}/{y}.png" data-credit="Town tiles"' in tiled
