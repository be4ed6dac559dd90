"""What was learned ranks the services offered; without it the words of the catalog do."""

from pathlib import Path

import pytest
from django.conf import settings

from hark311.catalog import suggesting
from hark311.catalog.queries import active_services
from hark311.catalog.suggesting import suggest_services
from hark311.commands.learning import folder_of, reader_of
from hark311.commands.load_city import load_city
from hark311.language.reading import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_services(frozen_clock):
    folder = Path(settings.PACKAGE).parents[1] / "cities" / "smallville"
    return active_services(load_city(folder)[0])


@pytest.fixture
def learned(monkeypatch):
    reader = reader_of(folder_of("smallville"))
    monkeypatch.setattr(suggesting, "reader_for", lambda city: reader)
    return reader


def test_what_was_learned_comes_first(learned, some_services):
    found = suggest_services(some_services, "crater in the asphalt", "en", city="x", at_most=3)

    assert found[0].code == "pothole"
    assert len(found) == len({service.code for service in found}) <= 3


def test_a_service_that_is_not_offered_is_not_named(learned, some_services):
    offered = [service for service in some_services if service.code != "pothole"]

    found = suggest_services(offered, "pothole", "en", city="x")

    assert "pothole" not in {service.code for service in found}


def test_no_words_name_nothing(learned, some_services):
    assert suggest_services(some_services, " ", "en", city="x") == ()


def test_a_city_that_learned_nothing_is_searched_by_words(monkeypatch, some_services):
    monkeypatch.setattr(suggesting, "reader_for", lambda city: Reader())

    found = suggest_services(some_services, "pothole", "en", city="x")

    assert found[0].code == "pothole"
