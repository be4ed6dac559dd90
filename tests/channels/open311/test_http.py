"""How the interface behaves as plain HTTP: tags, methods, other sites' pages, discovery."""

import pytest
from defusedxml.ElementTree import fromstring
from tests.cases.make import make_case
from tests.channels.open311.city import HERE, ApiClient, error_of, make_open_city, secret_of

from hark311.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock):
    return make_open_city()


@pytest.fixture
def api(city):
    return ApiClient(secret_of(city))


@pytest.mark.parametrize("path", ["discovery", "v2/discovery"])
def test_discovery_says_the_same_in_both_forms(client, city, path):
    said = client.get(f"/open311/{path}.json").json()
    root = fromstring(client.get(f"/open311/{path}.xml").content)

    (endpoint,) = said["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert root.findtext("endpoints/endpoint/url") == endpoint["url"]
    assert [one.text for one in root.findall("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]
    assert said["contact"] == root.findtext("contact") == "311"
    assert said["changeset"] == root.findtext("changeset")
    assert said["key_service"] == "Ask for an api_key here: 311"


@pytest.mark.parametrize(("is_demo", "kind"), [(True, "test"), (False, "production")])
def test_discovery_tells_a_demonstration_from_a_real_place(client, city, settings, is_demo, kind):
    settings.DEMO = is_demo

    assert client.get("/open311/discovery.json").json()["endpoints"][0]["type"] == kind


def test_an_answer_the_client_has_already_is_304(api, city):
    make_case(city)
    first = api.get("requests.json")
    again = api.get("requests.json", headers={"If-None-Match": first.headers["ETag"]})
    weak = api.get("requests.json", headers={"If-None-Match": f'"x", W/{first.headers["ETag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    assert weak.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]

    make_case(city)
    changed = api.get("requests.json", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_head_answers_as_get_without_a_body(api):
    whole = api.get("services.json")
    head = api.send("HEAD", "services.json")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("path", ["services.json", "requests.json", "requests/1.json", "nothing"])
def test_pages_of_other_sites_may_read_answers_and_errors(api, path):
    assert api.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_is_told_what_it_may_send(api):
    answer = api.options("requests.json")

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert api.options("services.json").headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_nothing_is_deleted_or_replaced(api, city, method):
    case = make_case(city)

    answer = api.send(method, f"requests/{case.number}.json")

    assert error_of(answer, 405)["reason"] == "unreadable_payload.method"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert Case.objects.count() == 1


def test_posting_to_a_list_of_services_is_405_in_xml_too(api):
    answer = api.post("services.xml", **HERE)

    assert answer.status_code == 405
    assert fromstring(answer.content).findtext("error/code") == "405"


@pytest.mark.parametrize("path", ["services.yaml", "services", "", "requests/1.html"])
def test_an_unknown_form_is_404_as_an_error_list(api, path):
    answer = api.get(path)
    as_json = api.get(path, headers={"Accept": "application/json"})

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert fromstring(answer.content).findtext("error/description")
    assert error_of(as_json, 404)["reason"] == "not_found.address"


@pytest.mark.parametrize("name", ["service_code", "status", "service_request_id", "start_date"])
@pytest.mark.parametrize("value", ["' OR 1=1--", "<x>", "\x00", "%", "9" * 400])
def test_odd_parameters_are_inert(api, city, name, value):
    make_case(city)

    answer = api.get("requests.json", **{name: value})

    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert answer.json() == []
