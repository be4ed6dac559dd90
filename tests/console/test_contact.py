"""The contact of a reporter: opened with a reason where the city asks for one, always on record."""

import pytest
from tests.cases.make import last_event, make_case

from hark311.access.models import ContactReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(city):
    """A city that asks why."""
    city.jurisdiction.settings["contact_reason"] = True
    city.jurisdiction.save(update_fields=["settings"])
    return city


def test_a_contact_opens_at_once_where_no_reason_is_asked(city, signed_in):
    case = make_case(city)

    page = signed_in(city).post(f"/staff/cases/{case.pk}/contact")

    assert case.person.email in page.content.decode()
    assert ContactReading.objects.get().reason == ""


def test_a_reason_is_asked_first_where_the_city_wants_one(asking, signed_in):
    case = make_case(asking)
    client = signed_in(asking)

    asked = client.post(f"/staff/cases/{case.pk}/contact")
    empty = client.post(f"/staff/cases/{case.pk}/contact", {"reason": " "})

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert "Why do you need it?" in asked.content.decode()
    assert case.person.email not in asked.content.decode() + empty.content.decode()
    assert not ContactReading.objects.exists()


def test_the_reason_stands_in_the_log_and_in_the_timeline(asking, signed_in):
    case = make_case(asking)

    page = signed_in(asking).post(f"/staff/cases/{case.pk}/contact", {"reason": "Where is it?"})

    assert case.person.email in page.content.decode()
    assert ContactReading.objects.get().reason == "Where is it?"
    assert last_event(case.incident).body.payload["facts"] == {"reason": "Where is it?"}
