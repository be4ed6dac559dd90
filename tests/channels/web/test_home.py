"""The first page: what is near whom, at a fixed cost."""

import pytest
from tests.channels.web.cases import make_report
from tests.channels.web.walk import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def test_without_a_place_the_newest_of_the_city_stand_there_and_it_says_so(city, walker):
    make_report(city)

    walker.go("/")

    assert "These are the newest in all of the city." in walker.words
    assert "<svg viewBox" in walker.text


def test_a_place_shows_what_is_open_near_it_and_how_far(city, walker):
    make_report(city)

    walker.go("/?near=Town+Hall")

    assert "Open near" in walker.words
    assert "away" in walker.words


def test_a_place_without_reports_says_that_nothing_is_open(walker):
    assert "Nothing is open there now." in walker.go("/?near=Library").words


def test_an_unknown_place_is_told_and_the_newest_stay(city, walker):
    make_report(city)

    walker.go("/?near=xqzzv+99")

    assert "We do not know this place." in walker.words
    assert "These are the newest" in walker.words


def test_more_reports_take_no_more_statements(
    city, walker, django_assert_max_num_queries, django_assert_num_queries
):
    make_report(city)
    walker.go("/")
    with django_assert_max_num_queries(16) as first:
        walker.go("/")
    for _count in range(4):
        make_report(city)
    with django_assert_num_queries(len(first)):
        walker.go("/")
