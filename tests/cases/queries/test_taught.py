"""Closed cases teach the service that staff settled on; sensitive ones teach nothing."""

import pytest
from tests.cases.make import FIXED, make_case, make_city, the_system

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.queries.taught import Taught, taught_by_closed_cases


@pytest.fixture
def city(db):
    return make_city()


def test_a_closed_case_teaches_its_public_words_and_service(city):
    case = make_case(city, description="Hole on Oak")
    close_incident(case.incident_id, FIXED, actor=the_system(city))

    (taught,) = taught_by_closed_cases(city.jurisdiction.pk)

    assert taught == Taught("Hole on Oak", "pothole", "en", is_corrected=False)


def test_an_open_case_teaches_nothing_yet(city):
    make_case(city)

    assert list(taught_by_closed_cases(city.jurisdiction.pk)) == []
