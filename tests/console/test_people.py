"""Who works here: invited by letter, given roles, away, gone; each change a fact."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.cases.make import make_city, make_incident, the_system
from tests.console.conftest import PASSWORD, employ

from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.models import Event, Incident
from hark311.cases.verify import verify
from hark311.domain.actor import Role
from hark311.domain.vocabulary import StreamKind
from hark311.government.models import Account, StaffRole
from hark311.platform import clock

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "three words together"


@pytest.fixture
def admin(city, signed_in) -> Client:
    return signed_in(city, role=Role.ADMIN, department=None)


@pytest.fixture
def worker(city) -> Account:
    return employ(city, role=Role.CREW)


def _invite(admin: Client, city, **changed: str):
    form = {
        "name": "Wes Worker",
        "email": "wes@staff.test",
        "language": "en",
        "role": "crew",
        "where": f"d{city.departments['works'].pk}",
    }
    return admin.post("/staff/people/new", {**form, **changed})


def _way_in() -> str:
    found = re.search(r"https?://[^/]+(/\S*welcome/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def _client(city) -> Client:
    return Client(headers={"host": f"{city.jurisdiction.key}.test"})


def _facts(kind: str) -> dict[str, object]:
    event = Event.objects.get(stream_kind=StreamKind.ADMINISTRATION, kind=kind)
    return event.body.payload["facts"]


def test_somebody_is_invited_chooses_a_password_and_works(city, admin):
    answer = _invite(admin, city)
    account = Account.objects.get(email="wes@staff.test")
    welcome, client = _way_in(), _client(city)
    chosen = client.post(welcome, {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert answer.url == f"/staff/people/{account.pk}"
    assert chosen.url == "/staff/"
    assert client.get("/staff/").status_code == 200
    assert client.get("/staff/people").status_code == 403
    assert _facts("colleague_invited")["account"] == account.pk
    assert _facts("password_chosen")["account"] == account.pk
    assert verify().is_whole


def test_the_way_in_works_once_and_three_days_long(city, admin, frozen_clock):
    _invite(admin, city)
    welcome = _way_in()
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}

    assert _client(city).post(welcome, form).status_code == 302
    assert _client(city).get(welcome).status_code == 404
    assert _client(city).get(welcome[:-3] + "abc").status_code == 404


def test_the_letter_and_its_link_are_in_the_language_chosen(city, admin):
    _invite(admin, city, language="es")

    assert "Abra este enlace y elija una contraseña" in mail.outbox[-1].body
    assert _way_in().startswith("/es/staff/welcome/")


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        pytest.param("short", "short", "too short", id="short"),
        pytest.param("password123456", "password123457", "same password twice", id="not the same"),
        pytest.param("123456789012", "123456789012", "entirely numeric", id="digits alone"),
        pytest.param("wes@staff.test", "wes@staff.test", "too similar", id="the address"),
    ],
)
def test_a_weak_password_is_refused(city, admin, password, again, words):
    _invite(admin, city)

    page = _client(city).post(_way_in(), {"password": password, "again": again})

    assert page.status_code == 422
    assert words in page.text


def test_who_works_here_already_is_not_invited_again(city, admin, worker):
    page = _invite(admin, city, email=worker.email)

    assert page.status_code == 422
    assert "works here already" in page.text


def test_a_resident_who_is_invited_is_signed_out_until_they_have_a_password(city, admin):
    resident = Account(email="wes@staff.test", joined_at=clock.now())
    resident.set_unusable_password()
    resident.save()
    client = _client(city)
    client.force_login(resident)

    _invite(admin, city)

    assert client.get("/staff/").status_code == 302


def test_roles_change_at_once_and_the_change_is_a_fact(city, admin, worker):
    client = _client(city)
    client.force_login(worker)
    streets = city.queues["streets"].pk
    works = city.departments["works"].pk

    admin.post(
        f"/staff/people/{worker.pk}/roles",
        {"keep": [], "role": "agent", "where": f"q{streets}"},
    )

    assert client.get("/staff/desk").status_code == 200
    assert client.get("/staff/queues/streets").status_code == 200
    assert client.get("/staff/queues/desk").status_code == 404
    assert _facts("roles_set")["roles"] == [
        {"role": "agent", "department": works, "queue": streets}
    ]


def test_nobody_raises_themselves(city, admin):
    me = int(admin.session["_auth_user_id"])

    for change in ("roles", "close", "password"):
        page = admin.post(f"/staff/people/{me}/{change}", {"role": "viewer", "where": "all"})
        assert page.status_code == 422
        assert "Nobody changes their own account here." in page.text
    assert StaffRole.objects.get(account=me).role == "admin"


def test_the_administrator_of_a_department_reaches_no_other(city, signed_in):
    admin = signed_in(city, role=Role.ADMIN, department="works")
    other = employ(city, role=Role.CREW, department="community")

    for change in ("roles", "close", "password"):
        answer = admin.post(
            f"/staff/people/{other.pk}/{change}", {"role": "viewer", "where": "all"}
        )
        assert answer.status_code == 403
    assert _invite(admin, city, where="all").status_code == 403
    assert not Account.objects.filter(email="wes@staff.test").exists()


def test_two_leaders_cannot_both_be_closed(city, admin):
    other = employ(city, role=Role.ADMIN, department=None)
    second = _client(city)
    second.force_login(other)
    me = int(admin.session["_auth_user_id"])

    first = admin.post(f"/staff/people/{other.pk}/close")
    late = second.post(f"/staff/people/{me}/close")

    assert first.status_code == 302
    assert late.status_code == 302
    assert late.url.startswith("/staff/sign-in")
    assert Account.objects.get(pk=me).is_active


def test_who_leaves_is_signed_out_and_their_work_comes_free(city, admin, worker):
    incident = make_incident(city)
    assign_incident(incident.pk, worker.pk, actor=the_system(city))
    client = _client(city)
    client.force_login(worker)

    page = admin.post(f"/staff/people/{worker.pk}/close", follow=True)

    worker.refresh_from_db()
    assert "1 incident came free." in page.text
    assert client.get("/staff/").status_code == 302
    assert Incident.objects.get(pk=incident.pk).assignee_id is None
    assert not worker.has_usable_password()
    assert not _client(city).login(username=worker.email, password=PASSWORD)


def test_who_comes_back_has_their_roles_and_chooses_a_password(city, admin, worker):
    admin.post(f"/staff/people/{worker.pk}/close")
    admin.post(f"/staff/people/{worker.pk}/open")

    client = _client(city)
    client.post(_way_in(), {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    assert client.get("/staff/queues/streets").status_code == 200


def test_a_reset_signs_out_everywhere(city, admin, worker):
    client = _client(city)
    client.force_login(worker)

    admin.post(f"/staff/people/{worker.pk}/password")

    assert client.get("/staff/").status_code == 302
    assert "choose a password" in mail.outbox[-1].body


def test_an_absence_is_shown_on_its_days(city, admin, worker, frozen_clock):
    today = clock.now().date()
    form = {"name": "Wes", "spoken": ["es"], "absent_from": today, "absent_to": today}
    admin.post(f"/staff/people/{worker.pk}/about", form)

    away = admin.get("/staff/people").text
    frozen_clock.move_by(timedelta(days=1))
    back = admin.get("/staff/people").text
    refused = admin.post(
        f"/staff/people/{worker.pk}/about", {**form, "absent_to": today - timedelta(days=3)}
    )

    assert "Away" in away
    assert "Español" in away
    assert "Away" not in back
    assert refused.status_code == 422


def test_ones_own_password_is_changed_with_the_present_one(city):
    account = employ(city)
    client, other = _client(city), _client(city)
    for one in (client, other):
        one.post("/staff/sign-in", {"email": account.email, "password": PASSWORD})
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}

    wrong = client.post("/staff/password", {**form, "present": "guess"})
    right = client.post("/staff/password", {**form, "present": PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert client.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 302


def test_the_present_password_is_not_guessed_for_ever(city):
    account = employ(city)
    client = _client(city)
    client.force_login(account)
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    for _each in range(8):
        client.post("/staff/password", {**form, "present": "guess"})

    refused = client.post("/staff/password", {**form, "present": PASSWORD})

    assert refused.status_code == 422
    assert "Too many tries" in refused.text


def test_people_of_another_city_are_absent(city, admin):
    other = employ(make_city("elsewhere"))

    for change in ("", "/roles", "/close", "/about", "/password", "/open"):
        ask = admin.post if change else admin.get
        assert ask(f"/staff/people/{other.pk}{change}", {"name": "x"}).status_code == 404
    assert other.name not in admin.get("/staff/people").text


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.CREW, Role.VIEWER])
def test_only_administrators_manage_people(city, signed_in, worker, role):
    client = signed_in(city, role=role)

    assert client.get("/staff/people").status_code == 403
    assert client.post(f"/staff/people/{worker.pk}/close").status_code == 403


def test_the_list_costs_the_same_for_any_number_of_people(
    city, admin, django_assert_max_num_queries
):
    for _each in range(12):
        employ(city, role=Role.CREW)
    admin.get("/staff/people")

    with django_assert_max_num_queries(9):
        admin.get("/staff/people")
