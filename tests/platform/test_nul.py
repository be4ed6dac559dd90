"""NUL, which no database can hold, comes in by no path, query, form or cookie."""

import pytest
from django.conf import settings
from django.test import Client
from tests.cases.make import the_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(frozen_clock):
    return the_city()


@pytest.mark.parametrize(
    "address",
    [
        "/media/%00",
        "/report/done/%00",
        "/track/%00/unfollow",
        "/track/%00/question?t=a",
        "/es/track/%00/follow/confirm",
    ],
)
def test_a_path_with_nul_is_refused_in_words(client, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("query", ["area=%00", "service=%00", "q=%00", "page=%001", "%00=1"])
def test_a_query_is_read_without_its_nuls(client, query):
    assert client.get(f"/cases?{query}").status_code == 200


def test_a_form_is_taken_without_its_nuls(client):
    answer = client.post("/account/sign-in", {"email": "ada\x00@people.test", "\x00": "\x00"})

    assert answer.status_code == 200
    assert "ada@people.test" in answer.content.decode()


def test_a_cookie_with_nul_is_none():
    browser = Client()
    browser.cookies.load(f'{settings.SESSION_COOKIE_NAME}="\\000abcdefgh"')

    assert browser.get("/account").status_code == 200
