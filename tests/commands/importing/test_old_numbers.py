"""The number that a case had in another system keeps answering."""

from argparse import ArgumentParser

import pytest
from tests.cases.make import make_city

from hark311.cases.models import Case
from hark311.commands import import_cases
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db

EXPORT = (
    "unique_key,created_date,closed_date,complaint_type,descriptor,latitude,longitude,city\n"
    "SR-0815,2026-04-13T02:56:23.000,,Street Condition,Pothole,40.6123456,-73.9512345,TOWN\n"
)


@pytest.fixture
def case(tmp_path, frozen_clock):
    make_city()
    path = tmp_path / "export.csv"
    path.write_text(EXPORT)
    profile = tmp_path / "town.yaml"
    profile.write_text(PROFILE)
    parser = ArgumentParser()
    import_cases.add_arguments(parser)
    import_cases.run(parser.parse_args(["cases", str(path), "--profile", str(profile)]))
    return Case.objects.get(foreign_number="SR-0815")


PROFILE = """\
name: town
language: en
zone: America/New_York
format: csv
columns: {id: unique_key, kind: complaint_type, opened: created_date, closed: closed_date,
          lat: latitude, lon: longitude}
dates: [iso]
text: [descriptor]
privacy: public
"""


def test_a_resident_who_types_the_old_number_comes_to_the_case(client, case):
    answer = client.get("/track", {"number": " SR-0815 "}, follow=True)

    assert answer.redirect_chain == [(f"/track/{case.number}", 302)]
    assert answer.status_code == 200


def test_a_link_with_the_old_number_leads_to_the_new_one(client, case):
    assert client.get("/track/SR-0815").headers["Location"] == f"/track/{case.number}"


def test_open311_answers_to_the_old_number(client, case):
    [answer] = client.get("/open311/v2/requests/SR-0815.json").json()

    assert answer["service_request_id"] == case.number


@pytest.mark.parametrize("number", ["SR-0815", "SR-9999"])
def test_an_old_number_says_nothing_of_what_is_not_public(client, case, number):
    Case.objects.update(privacy=Privacy.PRIVATE.value)

    answer = client.get("/track", {"number": number})

    assert answer.status_code == 422
    assert case.number not in answer.content.decode()
