from datetime import timedelta

import pytest
from django.test import Client
from tests.cases.make import make_account, make_city
from tests.console.conftest import PASSWORD, employ

from hark311.access.models import Allowance

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(city) -> Client:
    return Client(headers={"host": "testville.test"})


def _try(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/staff/sign-in", {"email": email, "password": password, **more})


def test_the_right_password_opens_the_workspace(city, door):
    account = employ(city)

    answer = _try(door, account.email.upper(), next="/staff/late")

    assert (answer.status_code, answer.url) == (302, "/staff/late")
    assert door.get("/staff/").status_code == 200


def test_a_session_planted_before_is_worth_nothing(city, door):
    account = employ(city)
    door.get("/staff/sign-in")
    session = door.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    door.cookies["hark311_session_8311"] = planted

    _try(door, account.email)

    assert door.session.session_key != planted


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_place(city, door, target):
    account = employ(city)

    assert _try(door, account.email, next=target).url == "/staff/"


def test_a_wrong_password_says_no_more_than_that(city, door):
    account = employ(city)

    wrong = _try(door, account.email, "guessed")
    nobody = _try(door, "nobody@staff.test", "guessed")

    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert "do not open the workspace" in wrong.content.decode()
    assert wrong.content.decode().count("guessed") == 0


def test_too_many_tries_are_refused_even_with_the_right_password(city, door):
    account = employ(city)
    for _attempt in range(8):
        _try(door, account.email, "guessed")

    answer = _try(door, account.email)

    assert answer.status_code == 429
    assert not Allowance.objects.filter(subject__contains=account.email).exists()


def test_a_quarter_of_an_hour_later_one_may_try_again(city, door, frozen_clock):
    account = employ(city)
    for _attempt in range(9):
        _try(door, account.email, "guessed")
    frozen_clock.move_by(timedelta(minutes=16))

    assert _try(door, account.email).status_code == 302


def test_an_account_without_a_role_here_stays_outside(city, door):
    resident = make_account("A resident")
    resident.set_password(PASSWORD)
    resident.save()
    foreign = employ(make_city("elsewhere"))

    assert _try(door, resident.email).status_code == 422
    assert _try(door, foreign.email).status_code == 422


def test_a_resident_who_is_signed_in_finds_nothing(city, door):
    door.force_login(make_account("A resident"))

    assert door.get("/staff/").status_code == 404


def test_signing_out_ends_the_session(city, signed_in):
    client = signed_in(city)

    client.post("/staff/sign-out")

    assert client.get("/staff/").status_code == 302


def test_a_colleague_who_left_is_out_at_once(city, door):
    account = employ(city)
    door.force_login(account)
    account.is_active = False
    account.save()

    assert door.get("/staff/").status_code in {302, 404}


def test_behind_a_proxy_one_sender_shuts_the_door_on_nobody_else(city, door, settings, monkeypatch):
    settings.HTTPS = True
    monkeypatch.setattr("hark311.console.sign_in.PER_SENDER", 1)
    account = employ(city)

    def _from(sender: str, email: str, password: str) -> int:
        headers = {"x-forwarded-for": sender, "x-forwarded-proto": "https"}
        typed = {"email": email, "password": password}
        return door.post("/staff/sign-in", typed, headers=headers, secure=True).status_code

    assert _from("192.0.2.1", "a@staff.test", "guessed") == 422
    assert _from("192.0.2.1", "b@staff.test", "guessed") == 429
    assert _from("192.0.2.2", account.email, PASSWORD) == 302
