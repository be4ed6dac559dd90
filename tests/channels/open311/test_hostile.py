"""What a client that means no good sends and asks for."""

import pytest
from tests.cases.make import the_system
from tests.channels.open311.city import HERE, ApiClient, error_of, make_open_city, secret_of

from hark311.cases.actions.change_service import change_service
from hark311.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock):
    return make_open_city()


@pytest.fixture
def api(city):
    return ApiClient(secret_of(city))


@pytest.mark.parametrize(
    "email",
    [
        pytest.param("no address", id="none"),
        pytest.param("a@people.test, b@people.test", id="two"),
        pytest.param("a@people.test\r\nBcc: b@people.test", id="a header"),
        pytest.param(f"{'a' * 300}@people.test", id="longer than any"),
    ],
)
def test_what_is_not_one_address_is_refused_by_name(api, email):
    answer = api.post(service_code="pothole", email=email, **HERE)

    assert error_of(answer, 400)["field"] == "email"
    assert Case.objects.count() == 0


def test_the_token_of_a_sensitive_matter_leads_nowhere(api, city):
    receipt = api.post(service_code="bulky", **HERE).json()[0]
    change_service(Case.objects.get().incident_id, "wellbeing", actor=the_system(city))

    error_of(api.get(f"tokens/{receipt['token']}.json"), 404)


def test_a_page_of_updates_beyond_all_reading_is_refused(api):
    answer = api.get("servicerequestupdates.json", page="1000000")

    assert error_of(answer, 400)["field"] == "page"


@pytest.mark.parametrize(
    "query",
    [
        {"page": "9" * 5000},
        {"page_size": "1" + "0" * 30},
        {"start_date": "9999-12-31T23:59:59Z"},
        {"start_date": "0001-01-01"},
        {"start_date": "2026-06-01T00:00:00+99:99"},
        {"service_request_id": ",".join(["26-00000001-9"] * 5000)},
        {"service_code": "pothole," * 2000},
        {"jurisdiction_id": "x" * 5000},
        {"locale": "<script>" * 100},
        {"extensions": "\u202e"},
        {"updated_after": "٢٠٢٦"},
    ],
)
@pytest.mark.parametrize("path", ["requests.json", "requests.xml", "servicerequestupdates.json"])
def test_no_question_is_answered_by_a_fault(api, path, query):
    assert api.get(path, **query).status_code in {200, 400, 404}


def test_a_tag_tells_nothing_of_what_is_not_there(api, city):
    private = api.post(service_code="quiet", **HERE)
    assert private.status_code == 201
    number = Case.objects.get().number

    there = api.get(f"requests/{number}.json", headers={"If-None-Match": "*"})
    never = api.get("requests/26-00009999-0.json", headers={"If-None-Match": "*"})

    assert there.status_code == never.status_code == 404
    assert there.content == never.content
