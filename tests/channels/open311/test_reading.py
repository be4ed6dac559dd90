"""What anybody may read over Open311, in both forms."""

from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from tests.cases.make import FIXED, make_case, the_system
from tests.channels.open311.city import ApiClient, error_of, make_open_city, secret_of

from hark311.cases.actions.close_incident import close_incident
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock):
    return make_open_city()


@pytest.fixture
def api(city):
    return ApiClient(secret_of(city))


def numbers(rows):
    return [row["service_request_id"] for row in rows]


def test_both_forms_list_the_same_services_in_the_catalogs_order(api):
    listed = api.json("services.json")
    answer = api.get("services.xml")
    root = fromstring(answer.content)

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert root.tag == "services"
    assert [one.findtext("service_code") for one in root] == [one["service_code"] for one in listed]
    assert [one["type"] for one in listed][-3:] == ["batch", "blackbox", "realtime"]


def test_a_service_of_another_channel_is_not_listed_and_has_no_definition(api):
    assert "by_phone" not in [one["service_code"] for one in api.json("services.json")]
    assert error_of(api.get("services/by_phone.json"), 404)["reason"] == "unknown_service"


def test_a_definition_has_all_six_datatypes_with_informational_text_never_required(api):
    attributes = api.json("services/inspection.json")["attributes"]

    assert {one["datatype"] for one in attributes} == {
        "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist",
    }  # fmt: skip
    assert [one["order"] for one in attributes] == [1, 2, 3, 4, 5, 6, 7]
    assert [(one["variable"], one["required"]) for one in attributes][:3] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert attributes[2]["values"] == [
        {"key": "hole", "name": "Hole"},
        {"key": "bump", "name": "Bump"},
    ]


def test_a_definition_in_xml_nests_values_of_key_and_name(api):
    root = fromstring(api.get("services/inspection.xml").content)

    assert root.findtext("service_code") == "inspection"
    assert len(root.findall("attributes/attribute")) == 7
    assert root.find("attributes/attribute/values/value/key").text == "hole"
    assert {one.text for one in root.iter("required")} == {"true", "false"}


def test_a_service_without_questions_has_an_empty_definition(api):
    assert api.json("services/pothole.json") == {"service_code": "pothole", "attributes": []}


def test_words_come_in_the_language_asked_for(api):
    spanish = api.json("services.json", locale="es_MX")
    by_header = api.get("services.json", headers={"Accept-Language": "es"}).json()

    assert spanish == by_header
    assert {one["group"] for one in spanish if one["group"]} == {"Calles"}


def test_an_unknown_locale_falls_back(api):
    assert api.json("services.json", locale="xx") == api.json("services.json")


def test_a_public_request_has_every_field_of_the_specification(api, city):
    case = make_case(city)

    (row,) = api.json(f"requests/{case.number}.json")

    assert set(row) == {
        "service_request_id", "status", "status_notes", "service_name", "service_code",
        "description", "agency_responsible", "service_notice", "requested_datetime",
        "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat",
        "long", "media_url",
    }  # fmt: skip
    assert (row["lat"], row["long"]) == (39.95, -80.0)
    assert row["agency_responsible"] == "Works"
    assert row["requested_datetime"] == "2026-06-01T08:00:00-04:00"
    assert row["expected_datetime"] == "2026-06-04T08:00:00-04:00"
    assert row["zipcode"] is None


def test_one_request_is_the_same_row_as_in_the_list(api, city):
    case = make_case(city)

    assert api.json("requests.json") == api.json(f"requests/{case.number}.json")
    root = fromstring(api.get(f"requests/{case.number}.xml").content)
    assert root.findtext("request/service_request_id") == case.number


def test_a_closed_request_says_how_it_ended_and_expects_nothing(api, city):
    case = make_case(city)
    close_incident(case.incident_id, FIXED, actor=the_system(city))

    (row,) = api.json(f"requests/{case.number}.json")

    assert (row["status"], row["status_notes"]) == ("closed", "Filled this morning.")
    assert row["expected_datetime"] is None


def test_extensions_add_what_the_specification_has_no_field_for(api, city):
    case = make_case(city)

    (row,) = api.json(f"requests/{case.number}.json", extensions="true")

    assert row["extended_attributes"]["state"] == "received"
    assert row["extended_attributes"]["location_precision"] == "point"
    assert row["extended_attributes"]["areas"] == ["ward:south"]
    root = fromstring(api.get("requests.xml", extensions="true").content)
    assert root.findtext("request/extended_attributes/areas/area") == "ward:south"


@pytest.mark.parametrize("privacy", [Privacy.PRIVATE, Privacy.SENSITIVE])
def test_what_is_not_public_is_never_listed_and_unknown_by_number(api, city, privacy):
    service = "wellbeing" if privacy is Privacy.SENSITIVE else "pothole"
    case = make_case(city, service=service, privacy=privacy)

    assert api.json("requests.json") == []
    assert api.json("requests.json", service_request_id=case.number) == []
    error_of(api.get(f"requests/{case.number}.json"), 404)


def test_another_citys_number_is_unknown_here(api, city):
    there = make_case(make_open_city("elsewhere"))

    error_of(api.get(f"requests/{there.number}.json"), 404)
    error_of(api.get(f"requests/{there.number}.json", jurisdiction_id="testville"), 404)
    (row,) = api.json(f"requests/{there.number}.json", jurisdiction_id="elsewhere")
    assert row["service_request_id"] == there.number


def test_the_host_tells_the_city_when_no_key_is_given(api, city, settings):
    settings.ALLOWED_HOSTS = ["*"]
    there = make_case(make_open_city("elsewhere"))

    assert numbers(ApiClient(host="elsewhere.test").json("requests.json")) == [there.number]
    assert numbers(ApiClient(host="testville.test").json("requests.json")) == []


@pytest.mark.parametrize("path", ["services.json", "requests.json", "servicerequestupdates.json"])
def test_an_unknown_jurisdiction_is_404(api, path):
    answer = api.get(path, jurisdiction_id="no.such.city")

    assert error_of(answer, 404)["reason"] == "unknown_jurisdiction"


def test_status_filters_by_one_word_or_both(api, city):
    still_open, closed = make_case(city), make_case(city)
    close_incident(closed.incident_id, FIXED, actor=the_system(city))

    assert numbers(api.json("requests.json", status="open")) == [still_open.number]
    assert numbers(api.json("requests.json", status="CLOSED")) == [closed.number]
    assert len(api.json("requests.json", status="open,closed")) == 2


def test_service_codes_are_a_list_and_an_unknown_one_finds_nothing(api, city):
    hole, paint = make_case(city), make_case(city, service="graffiti")

    assert numbers(api.json("requests.json", service_code="graffiti")) == [paint.number]
    found = api.json("requests.json", service_code="graffiti, pothole")
    assert set(numbers(found)) == {hole.number, paint.number}
    assert api.json("requests.json", service_code="no-such") == []


def test_numbers_override_every_other_filter_and_unknown_ones_are_left_out(api, city):
    old = make_case(city, opened_at=datetime(2025, 1, 1, tzinfo=UTC))

    found = api.json(
        "requests.json",
        service_request_id=f"{old.number},no-such-999",
        status="closed",
        service_code="no-such",
        start_date="2026-05-31T00:00:00Z",
    )

    assert numbers(found) == [old.number]


def test_a_list_covers_ninety_days_unless_told_otherwise(api, city, frozen_clock):
    at = frozen_clock.at
    old = make_case(city, opened_at=at - timedelta(days=91))
    young = make_case(city, opened_at=at - timedelta(days=89))

    assert numbers(api.json("requests.json")) == [young.number]
    start = (at - timedelta(days=100)).isoformat()
    assert numbers(api.json("requests.json", start_date=start)) == [young.number, old.number]
    end = (at - timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert numbers(api.json("requests.json", end_date=end)) == [old.number]


def test_whoever_asks_what_changed_gets_old_requests_too(api, city, frozen_clock):
    old = make_case(city, opened_at=frozen_clock.at - timedelta(days=200))
    close_incident(old.incident_id, FIXED, actor=the_system(city))

    found = api.json("requests.json", updated_after="2026-05-31")

    assert numbers(found) == [old.number]
    assert api.json("requests.json", updated_before="2026-05-31", start_date="2026-05-30") == []


def test_pages_follow_each_other_and_end_in_an_empty_list(api, city, frozen_clock):
    made = [
        make_case(city, opened_at=frozen_clock.at - timedelta(hours=hours)).number
        for hours in range(3)
    ]

    assert numbers(api.json("requests.json", page_size=2)) == made[:2]
    assert numbers(api.json("requests.json", page_size=2, page=2)) == made[2:]
    assert api.json("requests.json", page_size=2, page="9" * 400) == []


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"status": "frobnicated"}, "unknown_status"),
        ({"start_date": "yesterday-ish"}, "not_a_date"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "not_a_date"),
        ({"end_date": "9999-12-31"}, "not_a_date"),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, "end_before_start"),
        ({"start_date": "2026-01-01", "end_date": "2026-06-01"}, "window_too_long"),
        ({"page": "0"}, "not_a_count"),
        ({"page_size": "x"}, "not_a_count"),
        ({"extensions": "maybe"}, "not_a_truth_value"),
        ({"service_code": "a\x00b"}, "nul"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_400_in_words(api, query, reason):
    error = error_of(api.get("requests.json", **query), 400)

    assert error["reason"] == f"unreadable_payload.{reason}"
    assert "%(" not in error["description"]


@pytest.mark.parametrize(
    "path", ["requests/no-such-999", "services/no-such-999", "tokens/no-such-999"]
)
def test_what_is_unknown_is_404_in_both_forms(api, path):
    error_of(api.get(f"{path}.json"), 404)
    root = fromstring(api.get(f"{path}.xml").content)

    assert root.tag == "errors"
    assert root.findtext("error/code") == "404"
    assert root.findtext("error/description")


def test_errors_speak_the_language_asked_for(api):
    english = error_of(api.get("requests/1.json"), 404)["description"]
    spanish = error_of(api.get("requests/1.json", locale="es"), 404)["description"]

    assert english == "There is no public request with this service_request_id."
    assert spanish == "No hay ninguna solicitud pública con este service_request_id."


def test_a_list_of_fifty_costs_six_statements_at_most(api, city, django_assert_max_num_queries):
    for _ in range(50):
        make_case(city)
    api.get("requests.json")

    with django_assert_max_num_queries(6):
        assert len(api.json("requests.json")) == 50
