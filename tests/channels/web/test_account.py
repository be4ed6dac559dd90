"""The account: in by a link, what was given with an address, and nothing for anybody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.channels.web.cases import make_report, staff_of
from tests.channels.web.walk import Walker

from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.models import Follow
from hark311.domain.draft import Contact
from hark311.government.models import Account, StaffRole
from hark311.people.models import AddressProof, NoticeWish, Person
from hark311.platform import clock

pytestmark = pytest.mark.django_db

ADA = Contact(name="Ada Poe", email="ada@people.test")


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def link_in(letter) -> str:
    return re.search(r"http://127\.0\.0\.1:\d+(/\S+)", letter.body)[1]


def code_in(letter) -> str:
    return re.search(r"^\d{6}$", letter.body, re.MULTILINE)[0]


def enter(walker: Walker, letters: list, email: str = "ada@people.test") -> Walker:
    walker.go("/account").send("/sign-in", email=email)
    return walker.go(link_in(letters[-1])).send("/enter")


def test_the_link_of_a_letter_and_its_button_sign_in(walker, city, letters):
    case = make_report(city, contact=ADA)

    enter(walker, letters)

    assert walker.url == "/account"
    assert case.number in walker.text
    assert Account.objects.get(email="ada@people.test").has_usable_password() is False
    case.refresh_from_db()
    assert case.person.account is not None


def test_opening_the_link_alone_does_not_sign_in(walker, letters):
    walker.go("/account").send("/sign-in", email="ada@people.test").go(link_in(letters[0]))

    assert walker.go("/account").form("/sign-in")


def test_the_link_works_once_and_for_half_an_hour(walker, letters, frozen_clock):
    enter(walker, letters)
    walker.client.cookies.clear()
    assert walker.go(link_in(letters[0])).status == 404

    walker.go("/account").send("/sign-in", email="ada@people.test")
    frozen_clock.move_by(timedelta(minutes=31))
    assert walker.go(link_in(letters[1])).status == 404


def test_the_answer_does_not_tell_whether_an_address_is_known(walker, letters):
    Account.objects.create(email="known@people.test", joined_at=clock.now())
    pages = {
        walker.go("/account").send("/sign-in", email=email).words.replace(email, "E")
        for email in ("known@people.test", "new@people.test")
    }

    assert len(pages) == 1
    assert len(letters) == 2


def test_staff_are_sent_to_their_own_door(walker, city, letters):
    account = Account.objects.create(email="crew@city.test", joined_at=clock.now())
    StaffRole.objects.create(account=account, jurisdiction=city, role="crew")

    walker.go("/account").send("/sign-in", email="crew@city.test")

    assert "http" not in letters[0].body


def test_an_account_that_was_switched_off_stays_out(walker, letters):
    Account.objects.create(email="ada@people.test", is_active=False, joined_at=clock.now())

    enter(walker, letters)

    assert walker.status == 404


def test_nobody_sees_the_cases_of_another(walker, city, letters):
    case = make_report(city, contact=ADA, wants_public=False)

    enter(walker, letters, email="bo@people.test")

    assert case.number not in walker.text
    assert walker.go(f"/track/{case.number}").status == 404


def test_the_account_opens_its_own_private_case(walker, city, letters):
    case = make_report(city, contact=ADA, wants_public=False)
    enter(walker, letters)

    assert walker.go(f"/track/{case.number}").status == 200


def test_what_waits_for_the_reader_comes_first_and_many_cases_have_pages(walker, city, letters):
    cases = [make_report(city, contact=ADA) for _ in range(22)]
    ask_reporter(cases[0].pk, "Which lane?", actor=staff_of(city))
    enter(walker, letters)

    assert walker.words.index(cases[0].number) < walker.words.index(cases[21].number)
    assert cases[1].number not in walker.text
    assert cases[1].number in walker.go("/account?page=2").text
    assert cases[0].number in walker.go("/account?show=waiting").text
    assert cases[21].number not in walker.text
    assert "None of your reports" in walker.go("/account?show=closed").words


@pytest.mark.parametrize("query", ["show=odd", "page=x", "page=-1", "page=99999999"])
def test_a_strange_filter_of_the_account_is_left_out(walker, city, letters, query):
    make_report(city, contact=ADA)
    enter(walker, letters)

    assert walker.go(f"/account?{query}").status == 200


def test_the_account_takes_as_many_queries_for_many_cases_as_for_few(
    walker, city, letters, django_assert_num_queries
):
    make_report(city, contact=ADA)
    enter(walker, letters)
    with CaptureQueriesContext(connection) as few:
        walker.go("/account")
    for _more in range(4):
        make_report(city, contact=ADA)

    with django_assert_num_queries(len(few)):
        walker.go("/account")


def test_what_is_followed_is_ended_from_the_account(walker, city, letters):
    other = make_report(city)
    enter(walker, letters)
    account = Account.objects.get()
    person = Person.objects.create(
        jurisdiction=city, account=account, email=account.email, created_at=clock.now()
    )
    follow_incident(other.pk, person.pk, actor=staff_of(city))

    walker.go("/account").send("/unfollow")

    assert "You follow it no more" in walker.words
    assert Follow.objects.get().to_at is not None


def test_signing_out_elsewhere_ends_the_other_devices_alone(walker, city, letters):
    enter(walker, letters)
    other = Walker(Client())
    enter(other, letters)

    walker.go("/account/preferences").send("/sign-out-elsewhere")

    assert "Signed out everywhere else." in walker.words
    assert "Sign out" in walker.go("/account").words
    assert "Sign out" not in other.go("/account").words


def test_topics_and_the_address_of_mail_are_kept(walker, city, letters):
    make_report(city, contact=ADA)
    enter(walker, letters)
    account = Account.objects.get()
    Person.objects.create(
        jurisdiction=city, account=account, email="home@people.test", created_at=clock.now()
    )

    walker.go("/account/preferences").send(topics=["closing"], address="home@people.test")

    wish = NoticeWish.objects.get()
    assert (wish.is_on, wish.address, wish.topics) == (True, "home@people.test", ["closing"])
    walker.go("/account/preferences").send(address="")
    assert NoticeWish.objects.get().address == ""


def test_an_address_that_was_not_proved_gets_no_mail(walker, city, letters):
    make_report(city, contact=ADA)
    enter(walker, letters)
    walker.go("/account/preferences")
    form = {**walker.form().values, "address": "eve@people.test"}

    walker.client.post("/account/preferences", form)

    assert NoticeWish.objects.get().address == ""


def test_a_code_proves_another_address_and_brings_its_cases(walker, city, letters):
    case = make_report(city, contact=Contact(email="work@people.test"))
    enter(walker, letters)

    walker.go("/account/addresses").send(email="work@people.test")
    walker.send(code=code_in(letters[-1]))

    assert "now stands under Case status" in walker.words
    assert case.number in walker.go("/account").text


def test_only_a_digest_of_the_code_is_kept(walker, letters):
    enter(walker, letters).go("/account/addresses").send(email="work@people.test")

    proof = AddressProof.objects.latest("id")
    assert code_in(letters[-1]) not in proof.code_digest


def test_five_wrong_codes_end_it_also_for_the_right_one(walker, letters):
    enter(walker, letters).go("/account/addresses").send(email="work@people.test")
    right = code_in(letters[-1])
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        walker.send(code=wrong)
        assert walker.status == 422

    walker.send(code=right)

    assert walker.status == 429
    assert not Person.objects.filter(email="work@people.test").exists()


def test_a_code_is_over_after_a_quarter_of_an_hour(walker, letters, frozen_clock):
    enter(walker, letters).go("/account/addresses").send(email="work@people.test")
    frozen_clock.move_by(timedelta(minutes=16))

    walker.send(code=code_in(letters[-1]))

    assert walker.status == 404
    assert "time for this code is over" in walker.words


def test_a_change_of_address_is_told_to_the_old_one(walker, letters):
    enter(walker, letters).go("/account/addresses").send(email="new@people.test")

    walker.send(code=code_in(letters[-1]), sign_in_with="on")

    assert letters[-1].to == ["ada@people.test"]
    assert Account.objects.get().email == "new@people.test"


def test_the_address_of_another_account_does_not_become_ones_own(walker, letters):
    Account.objects.create(email="new@people.test", joined_at=clock.now())
    enter(walker, letters).go("/account/addresses").send(email="new@people.test")

    walker.send(code=code_in(letters[-1]), sign_in_with="on")

    assert "account of its own" in walker.words
    assert Account.objects.filter(email="ada@people.test").exists()


def test_preferences_are_kept(walker, city, letters):
    make_report(city, contact=ADA)
    enter(walker, letters)

    walker.go("/account/preferences").send(name="Ada P.", language="es", wants_updates=[])

    account = Account.objects.get()
    assert (account.name, account.language) == ("Ada P.", "es")
    assert Person.objects.get().wants_updates is False
    assert "Saved." in walker.words


def test_a_letter_is_in_the_readers_language(walker, letters):
    walker.go("/es/account").send("/sign-in", email="ada@people.test")

    assert "/es/account/enter" in letters[0].body
    assert "Abra este enlace" in letters[0].body


def test_nobody_is_flooded_with_links(walker, letters):
    for _try in range(6):
        walker.go("/account").send("/sign-in", email="ada@people.test")

    assert walker.status == 429
    assert len(letters) == 5


def test_signing_out_ends_it(walker, letters):
    enter(walker, letters).send("/sign-out")

    assert walker.go("/account").form("/sign-in")


@pytest.mark.parametrize("page", ["/account/preferences", "/account/addresses"])
def test_a_stranger_is_asked_to_sign_in(walker, page):
    assert walker.go(page).url == "/account"


def test_a_report_of_a_signed_in_person_is_theirs_at_once(walker, letters):
    enter(walker, letters)
    walker.go("/report").send(description="Hole.", service="pothole")
    walker.send(lat="39.75", lon="-98.55").send(q__size="plate")
    assert walker.form().values["email"] == ["ada@people.test"]
    walker.send().send()

    assert "What I reported" in walker.go("/account").words
    assert Person.objects.get().account is not None
