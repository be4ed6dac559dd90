"""How many statements each way of intake takes: a fixed number, whatever there is already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import City, make_case, make_city
from tests.intake.drafts import make_draft, resident

from hark311.intake.submit import submit

pytestmark = pytest.mark.django_db
# Two of them mark the transaction of the test; without it they are BEGIN and COMMIT.
OPENING, JOINING, REPEATING = 13, 19, 6


@pytest.fixture
def city(frozen_clock) -> City:
    city = make_city()
    submit(make_draft(city), actor=resident(city))
    return city


def statements(draft, city) -> int:
    with CaptureQueriesContext(connection) as asked:
        submit(draft, actor=resident(city))
    return len(asked)


@pytest.mark.parametrize("cases", [0, 5])
def test_opening_a_matter_takes_the_same_however_many_there_are(city, cases):
    for _each in range(cases):
        make_case(city)

    assert statements(make_draft(city), city) == OPENING


@pytest.mark.parametrize("cases", [1, 6])
def test_joining_a_matter_takes_the_same_however_many_did(city, cases):
    first = make_case(city)
    for _each in range(cases - 1):
        make_case(city, incident=first.incident)

    draft = make_draft(city, join_incident=first.incident_id)

    assert statements(draft, city) == JOINING


def test_a_repeat_takes_little(city):
    draft = make_draft(city, source_key="once")
    submit(draft, actor=resident(city))

    assert statements(draft, city) == REPEATING
