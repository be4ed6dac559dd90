"""People find places by what they write; smallville's sketch is the ground."""

import csv
from pathlib import Path
from time import perf_counter

import pytest
from tests.conftest import SHARED

from hark311.commands.load_city import load_city
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.address_loading import KnownAddress, Tally, load_addresses, settle_streets
from hark311.places.search import Found, Precision, find_places

pytestmark = pytest.mark.django_db
CITIES = Path(__file__).parents[2] / "cities"


@pytest.fixture
def town() -> Jurisdiction:
    return load_city(CITIES / "smallville")[0]


def best(town: Jurisdiction, text: str, **wanted: object) -> Found:
    return find_places(town, text, **wanted)[0]


@pytest.mark.parametrize(
    ("text", "label", "precision"),
    [
        ("Main Street", "Main Street", Precision.STREET),
        ("main st", "Main Street", Precision.STREET),
        ("mapl", "Maple Avenue", Precision.STREET),
        ("Mapel Avenu", "Maple Avenue", Precision.STREET),
        ("avenida Oak", "Oak Avenue", Precision.STREET),
        ("2nd st", "Second Street", Precision.STREET),
        ("calle 2", "Second Street", Precision.STREET),
        ("500 Main St", "500 Main Street", Precision.ADDRESS),
        ("Calle Main 500", "500 Main Street", Precision.ADDRESS),
        ("150 Mapel Avenue", "150 Maple Avenue", Precision.ADDRESS),
        ("Main & Oak", "Main Street & Oak Avenue", Precision.INTERSECTION),
        ("corner of Oak and Main", "Oak Avenue & Main Street", Precision.INTERSECTION),
        ("esquina de Main y Mill", "Main Street & Mill Road", Precision.INTERSECTION),
        ("old town", "Old Town", Precision.AREA),
        ("libary", "Library", Precision.LANDMARK),
        ("bandstand", "Founders Park", Precision.LANDMARK),
        ("parque de los fundadores", "Founders Park", Precision.LANDMARK),
    ],
)
def test_what_people_write_is_found(town, text, label, precision):
    found = best(town, text)

    assert (found.label, found.precision) == (label, precision)


def test_names_come_in_the_readers_language(town):
    assert best(town, "founders park", language="es").label == "Parque de los Fundadores"


def test_a_place_says_in_which_areas_it_lies(town):
    assert best(town, "Main & Oak").areas == ("Old Town",)
    assert best(town, "Main & Oak", language="es").areas == ("Centro",)


def test_a_house_number_lies_along_its_street(town):
    low, high = best(town, "100 Main Street"), best(town, "900 Main Street")

    assert -98.58 < low.lon < high.lon < -98.52
    assert low.lat == pytest.approx(39.75)


def test_a_street_in_two_pieces_has_its_numbers_on_the_right_one(town):
    assert best(town, "50 River Lane").lon < -98.55
    assert best(town, "150 River Lane").lon > -98.55


def test_a_number_beyond_the_street_gives_the_street(town):
    found = best(town, "90000 Main Street")

    assert (found.label, found.precision) == ("Main Street", Precision.STREET)


def test_streets_that_do_not_meet_have_no_crossing(town):
    assert not [
        one for one in find_places(town, "Main & Second") if one.precision is Precision.INTERSECTION
    ]


def test_a_crossing_lies_on_both_streets(town):
    found = best(town, "Main & Maple")

    assert (found.lon, found.lat) == (pytest.approx(-98.545), pytest.approx(39.75))


def test_the_nearer_of_two_that_fit_comes_first(town):
    load_addresses(
        town,
        [
            KnownAddress("1 Pine Court N", -98.59, 39.79),
            KnownAddress("1 Pine Court S", -98.51, 39.71),
        ],
        Tally(),
    )

    near_south = find_places(town, "pine court", near=Point(-98.51, 39.71))
    near_north = find_places(town, "pine court", near=Point(-98.59, 39.79))

    assert [one.label for one in near_south] == ["Pine Court S", "Pine Court N"]
    assert [one.label for one in near_north] == ["Pine Court N", "Pine Court S"]


@pytest.mark.parametrize("text", ["", "  ", "&", "%", "_", "'; drop table", "zzzzqqqq", "\x00"])
def test_what_is_no_place_finds_nothing(town, text):
    assert find_places(town, text) == []


def test_another_citys_places_are_not_found(town):
    other = load_city(CITIES / "atlanta")[0]

    assert not [one for one in find_places(other, "Founders Park") if "Founders" in one.label]


def test_known_addresses_lie_between_their_neighbors(town):
    rows = [
        KnownAddress("100 BIRCH WAY", -98.57, 39.76),
        KnownAddress("200 BIRCH WAY", -98.56, 39.76),
    ]
    load_addresses(town, rows, Tally())

    found = best(town, "150 birch way")

    assert (found.label, found.precision) == ("150 Birch Way", Precision.ADDRESS)
    assert found.lon == pytest.approx(-98.565)


def test_loading_the_same_addresses_twice_changes_nothing(town):
    rows = [
        KnownAddress("100 Birch Way", -98.57, 39.76),
        KnownAddress("BIRCH WAY & CEDAR WAY", -98.58, 39.76),
        KnownAddress("somewhere", -98.5, 39.7),
    ]
    first, second = Tally(), Tally()

    load_addresses(town, rows, first)
    load_addresses(town, rows, second)

    assert (first.read, first.written, first.left_out) == (3, 2, 1)
    assert second.written == 0


def test_streets_known_by_addresses_alone_cross_where_they_come_near(town):
    load_addresses(
        town,
        [
            KnownAddress("1 Birch Way", -98.57, 39.76),
            KnownAddress("9 Cedar Way", -98.5701, 39.7601),
        ],
        Tally(),
    )

    assert best(town, "birch way and cedar way").precision is Precision.INTERSECTION


@pytest.mark.parametrize(
    ("text", "statements"),
    [("main", 1), ("100 Main St", 3), ("Main & Oak", 4), ("zzzzzzz", 6)],
)
def test_a_search_costs_few_statements(town, text, statements, django_assert_max_num_queries):
    find_places(town, "warm")
    with django_assert_max_num_queries(statements):
        find_places(town, text)


@pytest.mark.shared
def test_sixty_thousand_addresses_are_searched_while_somebody_types():
    city = load_city(CITIES / "atlanta")[0]
    with (SHARED / "data/geo/atlanta_locations_derived.csv").open(encoding="utf-8") as file:
        rows = [
            KnownAddress(row["raw_location"], float(row["lon"]), float(row["lat"]))
            for row in csv.DictReader(file)
        ]
    for start in range(0, len(rows), 5000):
        load_addresses(city, rows[start : start + 5000], Tally())
    settle_streets(city)
    texts = ("1180 peachtree st ne", "peachtre", "10th st & peachtree", "ponce de leon", "piedmnt")
    times = []

    for text in texts * 4:
        start = perf_counter()
        assert find_places(city, text)
        times.append(perf_counter() - start)

    # On a quiet machine it is a few milliseconds; this allows for one that does more than that.
    assert min(times) < 0.050
