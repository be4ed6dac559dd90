"""Which services a person's words find."""

from pathlib import Path

import pytest
from django.conf import settings

from hark311.catalog.queries import active_services
from hark311.catalog.search import find_services
from hark311.commands.load_city import load_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def services(frozen_clock):
    folder = Path(settings.PACKAGE).parents[1] / "cities" / "smallville"
    return active_services(load_city(folder)[0])


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        pytest.param("there is a hole in my street", "en", "pothole", id="a phrase"),
        pytest.param("STREET LIGHTS are out!", "en", "streetlight", id="capitals and plural"),
        pytest.param("hay un hoyo en mi calle", "es", "pothole", id="Spanish"),
        pytest.param("arbol caido", "es", "tree_fallen", id="without accents"),
        pytest.param("water everywhere", "es", "water_leak", id="English on Spanish pages"),
    ],
)
def test_words_find_their_service_first(services, words, language, first):
    assert find_services(services, words, language)[0].code == first


@pytest.mark.parametrize("words", ["", "the of and", "xyzzy", "🕳️", "حفرة"])
def test_words_that_no_service_shares_find_none(services, words):
    assert find_services(services, words, "en") == ()


def test_no_more_are_offered_than_asked_for(services):
    assert len(find_services(services, "street trash water park tree", "en", at_most=2)) == 2


@pytest.fixture
def many_services(frozen_clock):
    folder = Path(settings.PACKAGE).parents[1] / "cities" / "atlanta"
    return active_services(load_city(folder)[0])


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("deep hole in the road", "en", "pothole"),
        ("There is a deep hole in the road by the school.", "en", "pothole"),
        ("the garbage truck skipped my house", "en", "missed_trash"),
        ("it is dark at night, the lamp is broken", "en", "streetlight"),
        ("water gushing out of the ground", "en", "water_leak"),
        ("my trash was not collected", "en", "missed_trash"),
        ("a tree fell across the street", "en", "tree_fallen"),
        ("Hay un bache enorme en la calle", "es", "pothole"),
        ("poste de luz apagado", "es", "streetlight"),
        ("fuga de agua en la banqueta", "es", "water_leak"),
    ],
)
def test_among_ninety_services_the_thing_counts_for_more_than_the_place(
    many_services, words, language, first
):
    assert find_services(many_services, words, language, at_most=3)[0].code == first
