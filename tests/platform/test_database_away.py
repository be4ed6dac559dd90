"""While the database is stopped, people and machines get a calm answer that says when to return."""

import json

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connections
from django.test import Client

from hark311.platform import database

NOWHERE = "postgresql://nobody@%2Fnonexistent/hark311"


@pytest.fixture
def client(django_db_setup, django_db_blocker):
    """A browser; whatever it asks for, no database answers."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        database.point_at(NOWHERE)
        yield Client(raise_request_exception=False)
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


@pytest.mark.parametrize(
    "path", ["/", "/track/26-00000042-3", "/cases", "/staff/sign-in", "/nowhere"]
)
def test_a_page_says_that_we_are_away_and_when_to_come_back(client, path):
    page = client.get(path)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "We cannot reach our records right now" in page.content.decode()
    assert "Our fault, not yours" in page.content.decode()


def test_it_says_so_in_the_language_of_the_page(client):
    page = client.get("/es/cases").content.decode()

    assert 'lang="es"' in page
    assert "Ahora no llegamos a nuestros registros" in page


def test_what_is_sent_meanwhile_is_refused_the_same_way(client):
    sent = client.post("/report", {"description": "A deep hole", "find": "1"})

    assert sent.status_code == 503


def test_machines_read_it_as_json(client):
    answer = client.get("/open311/v2/services.json")
    (error,) = json.loads(answer.content)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert (error["code"], error["reason"]) == ("503", "unavailable")


def test_machines_read_it_as_xml(client):
    answer = client.post("/open311/v2/requests.xml", {"service_code": "pothole", "lat": "1"})

    assert answer.status_code == 503
    assert fromstring(answer.content).findtext("error/reason") == "unavailable"


def test_the_process_still_lives_and_says_that_it_is_not_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
