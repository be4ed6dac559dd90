"""Who sees what: roles, queues, cities, sensitive matters, and masked contacts."""

import pytest
from django.test import Client
from tests.cases.make import make_case, make_city, make_incident, make_person
from tests.console.conftest import employ

from hark311.access.models import ContactReading
from hark311.cases.actions.order_work import order_work
from hark311.cases.models import Event, Incident
from hark311.cases.queries.staff_incident import last_sequence
from hark311.domain.actor import Role, system_actor
from hark311.domain.vocabulary import WorkOrderKind
from hark311.government.models import StaffRole

pytestmark = pytest.mark.django_db


def test_who_is_signed_out_is_sent_to_sign_in_and_back(city):
    answer = Client(headers={"host": "testville.test"}).get("/staff/late?x=1")

    assert answer.status_code == 302
    assert answer.url == "/staff/sign-in?next=/staff/late%3Fx%3D1"


def test_staff_of_another_city_see_nothing(city, signed_in):
    incident = make_incident(city)
    foreign = signed_in(make_city("elsewhere"))

    assert foreign.get("/staff/").status_code == 200
    assert foreign.get(f"/staff/incidents/{incident.pk}").status_code == 404
    assert foreign.get("/staff/", headers={"host": "testville.test"}).status_code == 404
    assert foreign.post(f"/staff/incidents/{incident.pk}/acknowledge").status_code == 404


@pytest.mark.parametrize(
    ("role", "department", "status"),
    [
        pytest.param(Role.VIEWER, "works", 403, id="may only look"),
        pytest.param(Role.SUPERVISOR, "community", 403, id="another department reads only"),
        pytest.param(Role.CREW, "works", 302, id="the crew of this queue"),
        pytest.param(Role.SUPERVISOR, None, 302, id="a role in all departments"),
    ],
)
def test_who_may_act(city, signed_in, role, department, status):
    incident = make_incident(city)
    client = signed_in(city, role=role, department=department)

    read = client.get(f"/staff/incidents/{incident.pk}")
    acted = client.post(
        f"/staff/incidents/{incident.pk}/acknowledge", {"seen": last_sequence(incident.pk)}
    )

    assert read.status_code == 200
    assert acted.status_code == status
    is_done = Incident.objects.get(pk=incident.pk).state == "acknowledged"
    assert is_done is (status == 302)


def test_a_department_with_a_work_order_may_note_but_not_close(city, signed_in):
    incident = make_incident(city)
    order_work(
        incident.pk,
        WorkOrderKind.INSPECTION,
        city.queues["parks"].pk,
        "Look at the roots",
        actor=system_actor(city.jurisdiction.pk),
    )
    client = signed_in(city, department="community")
    noted = client.post(
        f"/staff/incidents/{incident.pk}/note",
        {"text": "Roots are fine", "seen": last_sequence(incident.pk)},
    )

    assert noted.status_code == 302
    assert client.get(f"/staff/incidents/{incident.pk}/close").status_code == 403


@pytest.mark.parametrize("path", ["", "/close", "/note"])
def test_a_sensitive_matter_is_absent_outside_its_queue(city, signed_in, path):
    case = make_case(city, service="wellbeing")
    address = f"/staff/incidents/{case.incident_id}{path}"

    assert signed_in(city).get(address).status_code == 404
    assert signed_in(city, role=Role.ADMIN, department=None).get(address).status_code == 404
    assert signed_in(city, department="community").get(address).status_code == 200


def test_the_contact_of_a_sensitive_case_is_absent_outside_its_queue(city, signed_in):
    case = make_case(city, service="wellbeing")

    assert signed_in(city).post(f"/staff/cases/{case.pk}/contact").status_code == 404
    assert not ContactReading.objects.exists()


def test_contacts_are_masked_until_opened(city, signed_in):
    person = make_person(city, name="Ada Poe", email="ada@people.test")
    case = make_case(city, person=person)

    text = signed_in(city).get(f"/staff/incidents/{case.incident_id}").content.decode()

    assert "A. P." in text
    assert "a●●●@people.test" in text
    assert "Ada Poe" not in text
    assert "ada@people.test" not in text
    assert "+12125550123" not in text


def test_opening_a_contact_shows_it_and_is_logged(city, signed_in):
    case = make_case(city, person=make_person(city, email="ada@people.test"))
    client = signed_in(city, role=Role.AGENT)

    page = client.post(f"/staff/cases/{case.pk}/contact")

    reading = ContactReading.objects.get()
    assert page.status_code == 200
    assert "ada@people.test" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert reading.case_number == case.number
    assert Event.objects.filter(kind="contact_opened", visibility="staff").count() == 1


def test_opening_a_contact_is_no_link_to_follow(city, signed_in):
    case = make_case(city)

    assert signed_in(city).get(f"/staff/cases/{case.pk}/contact").status_code == 405
    assert not ContactReading.objects.exists()


def test_the_crew_may_not_open_contacts(city, signed_in):
    case = make_case(city)

    answer = signed_in(city, role=Role.CREW).post(f"/staff/cases/{case.pk}/contact")

    assert answer.status_code == 403
    assert not ContactReading.objects.exists()


def test_a_role_counts_only_in_its_own_department(city):
    incident = make_incident(city)
    account = employ(city, role=Role.VIEWER, department="works")
    StaffRole.objects.create(
        account=account,
        jurisdiction=city.jurisdiction,
        department=city.departments["community"],
        role=Role.SUPERVISOR.value,
    )
    client = Client(headers={"host": "testville.test"})
    client.force_login(account)

    answer = client.post(
        f"/staff/incidents/{incident.pk}/acknowledge", {"seen": last_sequence(incident.pk)}
    )

    assert answer.status_code == 403
