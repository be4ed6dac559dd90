"""The page of all parts stands in a demonstration, and nowhere else."""

import pytest
from django.test import Client
from tests.cases.make import the_city


@pytest.fixture
def client(db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    the_city()
    return Client(headers={"host": "testville.test"})


def test_a_demonstration_shows_every_part_in_three_sheets(client, settings):
    settings.DEMO = True
    page = client.get("/staff/design").content.decode()

    assert page.count('class="sheet-of"') == 3
    assert 'data-theme="dark" dir="ltr"' in page
    assert 'dir="rtl" lang="ar"' in page


def test_another_hue_gives_other_figures(client, settings):
    settings.DEMO = True

    assert client.get("/staff/design?hue=20").content != client.get("/staff/design?hue=200").content


@pytest.mark.parametrize("hue", ["", "-1", "1000000000", "²", "red"])
def test_what_is_no_hue_shows_that_of_the_city(client, settings, hue):
    settings.DEMO = True

    assert client.get("/staff/design", {"hue": hue}).status_code == 200


def test_no_other_place_has_it(client):
    assert client.get("/staff/design").status_code == 404
