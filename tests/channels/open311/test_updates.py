"""Updates as FixMyStreet reads and posts them."""

from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring
from tests.cases.make import FIXED, make_case, staff_actor, the_system
from tests.channels.open311.city import ApiClient, error_of, make_open_city, secret_of

from hark311.access.keys import Scope
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.models import Incident
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db

PATH = "servicerequestupdates.json"
FIELDS = {
    "update_id", "service_request_id", "status", "updated_datetime", "description", "media_url",
}  # fmt: skip


@pytest.fixture
def city(frozen_clock):
    return make_open_city()


@pytest.fixture
def api(city):
    return ApiClient(secret_of(city))


def update(api, number, status, *, path=PATH, update_id="", **fields):
    return api.post(path, service_request_id=number, status=status, update_id=update_id, **fields)


def test_updates_come_oldest_first_with_the_words_of_the_closing(api, city, frozen_clock):
    case = make_case(city)
    acknowledge_incident(case.incident_id, actor=the_system(city))
    frozen_clock.move_by(timedelta(hours=1))
    close_incident(case.incident_id, FIXED, actor=the_system(city))

    first, last = api.json(PATH, start_date="2026-06-01", end_date="2026-06-01")

    assert set(first) == FIELDS
    assert (first["status"], last["status"]) == ("investigating", "closed")
    assert last["description"] == "Filled this morning."
    assert last["service_request_id"] == case.number
    assert last["updated_datetime"] == "2026-06-01T09:00:00-04:00"


def test_updates_in_xml_stand_under_the_names_that_fixmystreet_reads(api, city):
    case = make_case(city)
    close_incident(case.incident_id, FIXED, actor=the_system(city))

    root = fromstring(api.get("servicerequestupdates.xml").content)

    assert root.tag == "service_request_updates"
    assert root.findtext("request_update/service_request_id") == case.number
    assert {one.tag for one in root.find("request_update")} == FIELDS


def test_nothing_of_private_cases_and_internal_notes_is_told(api, city):
    private = make_case(city, privacy=Privacy.PRIVATE)
    close_incident(private.incident_id, FIXED, actor=the_system(city))
    public = make_case(city)
    add_internal_note(public.incident_id, "A difficult neighbor.", actor=staff_actor(city))

    assert api.json(PATH) == []


def test_what_was_redacted_is_not_told_and_the_rest_of_it_is(api, city):
    case = make_case(city)
    add_public_note(case.incident_id, "Mrs. Poe has the key.", actor=staff_actor(city))
    redact_case(case.pk, "Mrs. Poe", "A name.", actor=staff_actor(city))

    (told,) = api.json(PATH)

    assert "Poe" not in told["description"]
    assert "has the key." in told["description"]


def test_a_window_longer_than_ninety_days_is_refused(api):
    answer = api.get(PATH, start_date="2026-01-01", end_date="2026-06-01")

    assert error_of(answer, 400)["reason"] == "unreadable_payload.window_too_long"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("INVESTIGATING", "acknowledged"),
        ("in progress", "in_progress"),
        ("ACTION_SCHEDULED", "in_progress"),
        ("FIXED", "closed"),
        ("CLOSED", "closed"),
    ],
)
def test_a_posted_status_moves_the_request_and_is_read_back(api, city, status, state):
    case = make_case(city)

    answer = update(api, case.number, status, description="Crew was there.", update_id="7")

    assert answer.status_code == 201
    assert Incident.objects.get(pk=case.incident_id).state == state
    told = api.json(PATH)
    assert answer.json()[0]["update_id"] in {one["update_id"] for one in told}
    assert "Crew was there." in {one["description"] for one in told}


def test_the_answer_in_xml_has_the_update_id_where_fixmystreet_looks(api, city):
    case = make_case(city)

    answer = update(
        api, case.number, "FIXED", description="Done.", path="servicerequestupdates.xml"
    )

    assert fromstring(answer.content).findtext("request_update/update_id")


def test_the_same_update_again_changes_nothing(api, city):
    case = make_case(city)
    first = update(api, case.number, "FIXED", description="Done.", update_id="7")
    again = update(api, case.number, "FIXED", description="Done.", update_id="7")

    assert (first.status_code, again.status_code) == (201, 200)
    assert len(api.json(PATH)) == 1


def test_the_same_update_id_with_other_words_is_refused(api, city):
    case = make_case(city)
    update(api, case.number, "OPEN", description="One.", update_id="7")

    answer = update(api, case.number, "OPEN", description="Two.", update_id="7")

    assert error_of(answer, 409)["reason"] == "key_reused"


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"status": ""}, 400, "unreadable_payload.missing"),
        ({"status": "DUPLICATE"}, 400, "unreadable_payload.unknown_update_status"),
        ({"service_request_id": ""}, 400, "unreadable_payload.missing"),
        ({"service_request_id": "no-such"}, 404, "not_found"),
        ({"status": "FIXED", "description": ""}, 400, "missing_text"),
        ({"api_key": "wrong"}, 403, "not_allowed.bad_key"),
    ],
)
def test_an_update_that_cannot_be_taken_says_why(api, city, fields, status, reason):
    case = make_case(city)
    usual = {"service_request_id": case.number, "status": "OPEN", "description": "Hello."}

    assert error_of(api.post(PATH, **{**usual, **fields}), status)["reason"] == reason
    assert Incident.objects.get(pk=case.incident_id).state == "received"


def test_a_key_for_reports_posts_no_status(city):
    case = make_case(city)
    api = ApiClient(secret_of(city, scopes=frozenset({Scope.REPORT})))

    assert error_of(update(api, case.number, "FIXED"), 403)["reason"] == "not_allowed.scope"


def test_a_sensitive_request_and_another_citys_are_unknown(api, city):
    sensitive = make_case(city, service="wellbeing")
    there = make_case(make_open_city("elsewhere"))

    error_of(update(api, sensitive.number, "FIXED", description="Done."), 404)
    error_of(update(api, there.number, "FIXED", description="Done."), 404)


def test_the_list_of_updates_costs_the_same_for_one_and_for_twenty(
    api, city, django_assert_max_num_queries
):
    for _ in range(20):
        case = make_case(city)
        acknowledge_incident(case.incident_id, actor=the_system(city))
    api.get(PATH)

    with django_assert_max_num_queries(3):
        assert len(api.json(PATH)) == 20
