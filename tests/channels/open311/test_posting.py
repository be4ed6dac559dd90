"""What other systems post: requests of every kind of service, and what is refused."""

import logging
import threading

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from tests.cases.make import make_case
from tests.channels.open311.city import HERE, ApiClient, error_of, make_open_city, secret_of

from hark311.access.keys import Scope, create_key
from hark311.cases.models import Case
from hark311.contacts.models import Interaction
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock):
    return make_open_city()


@pytest.fixture
def api(city):
    return ApiClient(secret_of(city))


def test_a_request_is_visible_at_once_with_its_words_place_and_picture(api):
    number = api.report(
        description="Größe — 坑 حفرة\r\nline two & <b>not html</b> \U0001f6a7",
        address_string="1234 5th Street",
        address_id="545483",
        media_url="https://example.org/p.jpg",
    )

    (row,) = api.json(f"requests/{number}.json")
    assert row["description"] == "Größe — 坑 حفرة\nline two & <b>not html</b> \U0001f6a7"
    assert (row["lat"], row["long"]) == (39.95, -80.0)
    assert (row["address"], row["address_id"]) == ("1234 5th Street", "545483")
    assert row["media_url"] == "https://example.org/p.jpg"
    assert row["status"] == "open"
    written = fromstring(api.get(f"requests/{number}.xml").content)
    assert written.findtext("request/description") == row["description"]


def test_who_reports_is_kept_and_never_shown(api):
    number = api.report(
        first_name="Zoë", last_name="Núñez", email="smit@example.org", phone="212 555 0188",
        device_id="tt222111", account_id="123456",
        description="I am Zoë Núñez, call 212 555 0188 or write to smit@example.org.",
    )  # fmt: skip

    person = Case.objects.get(number=number).person
    assert (person.name, person.email) == ("Zoë Núñez", "smit@example.org")
    shown = api.get(f"requests/{number}.json", extensions="true").content.decode()
    shown += api.get("requests.xml").content.decode()
    for secret in ("Núñez", "smit@", "0188", "tt222111", "123456"):
        assert secret not in shown


def test_answers_come_as_single_values_and_as_lists(api):
    body = (
        f"api_key={api.secret}&service_code=inspection&lat=39.95&long=-80&"
        "attribute[kind]=hole&attribute%5Bsides%5D%5B%5D=s&attribute%5Bsides%5D%5B%5D=n&"
        "attribute[depth]=3.50&attribute[since]=2026-01-02T03:04:05Z"
    )
    number = api.urlencoded(body).json()[0]["service_request_id"]

    assert Case.objects.get(number=number).answers == {
        "depth": ["3.5"],
        "kind": ["hole"],
        "sides": ["n", "s"],
        "since": ["2026-01-02T03:04:05+00:00"],
    }


@pytest.mark.parametrize(
    ("answers", "reason", "field"),
    [
        ({}, "missing_answer", "attribute[kind]"),
        ({"kind": ""}, "missing_answer", "attribute[kind]"),
        ({"kind": "crater"}, "bad_answer.unknown_choice", "attribute[kind]"),
        ({"kind": "hole", "depth": "deep"}, "bad_answer.not_a_number", "attribute[depth]"),
        ({"kind": "hole", "since": "soon"}, "bad_answer.not_a_datetime", "attribute[since]"),
        ({"kind": "hole", "colour": "red"}, "bad_answer.unknown_question", "attribute[colour]"),
        ({"kind": "hole", "notice": "x"}, "bad_answer.no_answer_expected", "attribute[notice]"),
    ],
)
def test_an_answer_that_cannot_be_taken_names_its_attribute(api, answers, reason, field):
    fields = {f"attribute[{code}]": value for code, value in answers.items()}

    error = error_of(api.post(service_code="inspection", **HERE, **fields), 400)

    assert (error["reason"], error["field"]) == (reason, field)


def test_a_batch_service_gives_a_token_that_leads_to_the_number_at_once(api):
    (receipt,) = api.post(service_code="bulky", **HERE).json()

    assert "service_request_id" not in receipt
    (found,) = api.json(f"tokens/{receipt['token']}.json")
    assert found["token"] == receipt["token"]
    assert api.json(f"requests/{found['service_request_id']}.json")
    root = fromstring(api.get(f"tokens/{receipt['token']}.xml").content)
    assert root.findtext("request/token") == receipt["token"]


def test_a_token_of_another_city_is_unknown_here(api, city):
    there = make_open_city("elsewhere")
    other = ApiClient(secret_of(there))
    (receipt,) = other.post(service_code="bulky", jurisdiction_id="elsewhere", **HERE).json()

    error_of(api.get(f"tokens/{receipt['token']}.json"), 404)


def test_a_blackbox_service_gives_neither_number_nor_token(api):
    answer = api.post(service_code="tip", **HERE)

    assert answer.status_code == 201
    assert set(answer.json()[0]) == {"service_notice", "account_id"}
    assert Case.objects.count() == 1


def test_a_request_to_a_private_service_is_taken_and_not_shown(api):
    number = api.report("quiet")

    assert Case.objects.get(number=number).privacy == Privacy.PRIVATE
    error_of(api.get(f"requests/{number}.json"), 404)


def test_the_receipt_warns_of_danger_first(api):
    (receipt,) = api.post(
        service_code="inspection", description="There is a live wire down on the street!",
        **{"attribute[kind]": "hole"}, **HERE,
    ).json()  # fmt: skip

    assert receipt["service_notice"].startswith("If anybody is in danger, call 911 now.")
    assert receipt["service_notice"].endswith("A crew looks at it.")


@pytest.mark.parametrize("place", [{"address_string": "1 Main St"}, {"address_id": "545483"}])
def test_an_address_alone_is_a_place_and_the_row_still_has_numbers(api, place):
    (receipt,) = api.post(service_code="pothole", **place).json()

    (row,) = api.json(f"requests/{receipt['service_request_id']}.json", extensions="true")
    assert (row["lat"], row["long"]) == (40.0, -80.0)
    assert row["extended_attributes"]["location_precision"] == "city"


@pytest.mark.parametrize(
    ("place", "reason", "field"),
    [
        ({}, "bad_place.missing", None),
        ({"lat": "39.95"}, "bad_place.half", "long"),
        ({"long": "-80"}, "bad_place.half", "lat"),
        ({"lat": "95", "long": "1"}, "bad_place.out_of_range", "lat"),
        ({"lat": "north", "long": "-80"}, "bad_place.not_a_number", "lat"),
        ({"lat": "0", "long": "0"}, "bad_place.null_island", None),
        ({"lat": "10", "long": "10"}, "outside_city", None),
    ],
)
def test_a_place_that_cannot_be_taken_says_why(api, place, reason, field):
    error = error_of(api.post(service_code="pothole", **place), 400)

    assert (error["reason"], error.get("field")) == (reason, field)
    assert Case.objects.count() == 0


def test_a_place_outside_says_who_is_responsible(api):
    error = error_of(api.post(service_code="pothole", lat="40.0", long="-79.85"), 400)

    assert error["reason"] == "outside_city.responsible"
    assert error["description"] == "This place lies outside. Nextville answers for it: 555"


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({}, 400, "unreadable_payload.missing"),
        ({"service_code": "no-such-999"}, 404, "unknown_service"),
        ({"service_code": "by_phone"}, 400, "channel_refused"),
        ({"service_code": "pothole", "api_key": ""}, 403, "not_allowed.bad_key"),
        ({"service_code": "pothole", "api_key": "wrong"}, 403, "not_allowed.bad_key"),
        ({"service_code": "pothole", "jurisdiction_id": "nowhere"}, 404, "unknown_jurisdiction"),
        ({"service_code": "pothole", "description": "é" * 4001}, 400, "text_too_long"),
        ({"service_code": "pothole", "description": "a" * 1_000_000}, 400, "text_too_long"),
        ({"service_code": "pothole", "description": "a\x00b"}, 400, "unreadable_payload.nul"),
        ({"service_code": "pothole", "media_url": "javascript:x"}, 400, "bad_media.url"),
    ],
)
def test_what_is_refused_says_so_in_both_forms(api, fields, status, reason):
    assert error_of(api.post(**{**HERE, **fields}), status)["reason"] == reason
    root = fromstring(api.post("requests.xml", **{**HERE, **fields}).content)

    assert root.findtext("error/code") == str(status)
    assert root.findtext("error/description")
    assert Case.objects.count() == 0


def test_four_thousand_characters_are_taken_whole(api):
    number = api.report(description="é" * 4000)

    assert api.json(f"requests/{number}.json")[0]["description"] == "é" * 4000


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"\xff\xfe%%%=&&&", "application/x-www-form-urlencoded", "not_utf8"),
        (b"description=%FF%FE", "application/x-www-form-urlencoded", "not_utf8"),
        (b"a=1&" * 600, "application/x-www-form-urlencoded", "too_many_fields"),
        (b"x" * 5_000_000, "application/x-www-form-urlencoded", "too_large"),
        (b"<request><broken", "text/xml", "content_type"),
        (b"{}", "application/json", "content_type"),
        (b"no boundary here", "multipart/form-data", "broken_form"),
    ],
)
def test_a_body_that_cannot_be_read_is_400_in_words(api, body, content_type, reason):
    answer = api.send("POST", "requests.json", data=body, content_type=content_type)

    assert error_of(answer, 400)["reason"] == f"unreadable_payload.{reason}"


def test_key_and_city_may_stand_in_the_address(api):
    answer = api.send(
        "POST",
        f"requests.json?api_key={api.secret}&jurisdiction_id=testville",
        data="service_code=pothole&lat=39.95&long=-80",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 201


def test_no_log_line_tells_a_key_or_what_was_written(api, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = api.send(
            "POST",
            f"requests.json?api_key={api.secret}",
            data="service_code=no-such&description=my+secret+words",
            content_type="application/x-www-form-urlencoded",
        )

    assert answer.status_code == 404
    assert api.secret not in caplog.text
    assert "secret words" not in caplog.text


def test_a_key_of_another_city_is_refused(api, city):
    make_open_city("elsewhere")

    answer = api.post(service_code="pothole", jurisdiction_id="elsewhere", **HERE)

    assert error_of(answer, 403)["reason"] == "not_allowed.bad_key"


def test_a_key_without_the_scope_is_refused(city):
    api = ApiClient(secret_of(city, scopes=frozenset({Scope.UPDATE})))

    error = error_of(api.post(service_code="pothole", **HERE), 403)

    assert error["reason"] == "not_allowed.scope"


def test_a_key_that_is_used_up_says_when_to_come_back(city, frozen_clock):
    _, secret = create_key(city.jurisdiction, "slow", frozenset(Scope), 1)
    api = ApiClient(secret)
    api.report()

    answer = api.post(service_code="pothole", **HERE)

    assert error_of(answer, 429)["reason"] == "too_many"
    assert answer.headers["Retry-After"] == "60"


def test_the_same_key_and_body_give_the_same_number_again(api):
    headers = {"Idempotency-Key": "order-1"}

    first = api.post(service_code="pothole", headers=headers, **HERE)
    again = api.post(service_code="pothole", headers=headers, **HERE)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(api):
    headers = {"Idempotency-Key": "order-1"}
    api.post(service_code="pothole", headers=headers, **HERE)

    answer = api.post(service_code="pothole", description="other", headers=headers, **HERE)

    assert error_of(answer, 409)["reason"] == "key_reused"
    assert Case.objects.count() == 1


def test_two_clients_may_choose_the_same_idempotency_key(api, city):
    headers = {"Idempotency-Key": "order-1"}
    first = api.post(service_code="pothole", headers=headers, **HERE).json()
    second = ApiClient(secret_of(city)).post(service_code="pothole", headers=headers, **HERE).json()

    assert first != second


def test_without_the_flag_a_neighbor_is_never_in_the_way(api, city):
    make_case(city)

    assert api.report()
    assert Case.objects.count() == 2


def test_a_client_that_asks_is_told_of_open_requests_near_by(api, city):
    known = make_case(city)
    make_case(city, privacy=Privacy.PRIVATE)

    answer = api.post(service_code="pothole", check_duplicates="true", **HERE)

    error = error_of(answer, 409)
    assert error["reason"] == "conflict.may_be_known"
    (candidate,) = error["candidates"]
    assert (candidate["service_request_id"], candidate["distance"]) == (known.number, 0)
    assert Case.objects.count() == 2
    assert Interaction.objects.count() == 0
    root = fromstring(
        api.post("requests.xml", service_code="pothole", check_duplicates="true", **HERE).content
    )
    assert root.findtext("error/candidates/candidate/service_request_id") == known.number


def test_candidates_may_be_joined_or_denied(api, city):
    known = make_case(city)

    joined = api.report(check_duplicates="true", join=known.number)
    alone = api.report(check_duplicates="true", acknowledge_duplicates="true")

    assert Case.objects.get(number=joined).incident_id == known.incident_id
    assert Case.objects.get(number=alone).incident_id != known.incident_id


def test_a_repeat_is_not_its_own_candidate(api):
    fields = {"check_duplicates": "true", "headers": {"Idempotency-Key": "order-1"}, **HERE}

    first = api.post(service_code="pothole", **fields)
    again = api.post(service_code="pothole", **fields)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_request_far_away_cannot_be_joined(api, city):
    known = make_case(city)

    answer = api.post(service_code="pothole", join=known.number, lat="39.96", long="-80")

    assert error_of(answer, 400)["reason"] == "unreadable_payload.not_a_candidate"


def test_a_post_costs_a_fixed_number_of_statements(api, django_assert_max_num_queries):
    api.report()

    with django_assert_max_num_queries(40):
        api.report()


@pytest.mark.django_db(transaction=True)
def test_eight_racing_repeats_are_one_request():
    api = ApiClient(secret_of(make_open_city()))
    numbers = []

    def post():
        answer = api.post(service_code="pothole", headers={"Idempotency-Key": "race"}, **HERE)
        numbers.append(answer.json()[0]["service_request_id"])
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(numbers) == 8
    assert len(set(numbers)) == Case.objects.count() == 1
