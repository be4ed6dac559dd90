"""The page of a case: for anybody, for the one whose it is, and for those who may not know."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.channels.web.cases import make_report, make_sensitive, staff_of
from tests.channels.web.walk import Walker

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.numbers import format_number
from hark311.domain.vocabulary import Outcome
from hark311.government.models import Jurisdiction

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def open_as_own(walker: Walker, case: Case) -> Walker:
    return walker.go(f"/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}")


def test_a_number_leads_to_who_has_it_what_happens_next_and_by_when(walker, city):
    case = make_report(city)

    walker.go("/track").send("/track", number=case.number.replace("-", " "))

    assert walker.url == f"/track/{case.number}"
    for words in (
        "Who has it",
        "Public Works",
        "What happens next",
        "By when",
        "Promised. In 2 days.",
    ):
        assert words in walker.words


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param("26-1234", "Add 5 more digits. We count 6, and need 11.", id="short"),
        pytest.param("26-0000001-9", "Add 1 more digit. We count 10", id="one short"),
        pytest.param("26-000000011-99", "Take away 2 digits. We count 13", id="long"),
        pytest.param("26-00000001-9", "One of the digits is mistyped", id="check digit"),
        pytest.param("my pothole", "made of digits only", id="letters"),
        pytest.param("", "Type the 11 digits of your case number.", id="empty"),
    ],
)
def test_a_mistyped_number_is_told_and_kept(walker, typed, line):
    walker.go("/track").send("/track", number=typed)

    assert walker.status == 422
    assert line in walker.words
    assert walker.form("/track").values["number"] == [typed]


def test_what_this_device_opened_as_its_own_is_offered_again(walker, city, client):
    case, other = make_report(city), make_report(city, wants_public=False)
    open_as_own(walker, case)
    open_as_own(walker, other)

    words = walker.go("/track").words

    assert words.index(other.number) < words.index(case.number)
    assert walker.page.headers["Cache-Control"] == "private, no-store"
    assert case.number not in Walker(Client()).go("/track").text


def test_a_strange_address_of_a_case_says_what_is_wrong(walker):
    assert walker.go("/track/nonsense").status == 404
    assert "made of digits only" in walker.words


def test_the_public_page_names_nobody(walker, city):
    case = make_report(city, contact=Contact("Ada Poe", "ada@people.test", "404-555-0123"))

    walker.go(f"/track/{case.number}")

    for secret in ("Ada", "ada@people.test", "555-0123", "5550123"):
        assert secret not in walker.text


def test_the_link_opens_the_case_as_ones_own_and_leaves_the_address(walker, city):
    case = make_report(city, contact=Contact(email="ada@people.test"))

    open_as_own(walker, case)

    assert walker.url == f"/track/{case.number}"
    assert "ada@people.test" in walker.text
    assert "Take this report back" in walker.words
    assert walker.page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("token", ["", "0" * 32, "é"])
def test_a_foreign_link_opens_nothing(walker, city, token):
    case = make_report(city)

    walker.go(f"/track/{case.number}?t={token}")

    assert walker.status == 404
    assert "expired or was used" in walker.words


def test_a_link_of_another_kind_opens_nothing(walker, city):
    case = make_report(city)

    assert walker.go(f"/track/{case.number}?t={token_for(LinkKind.FOLLOW, case.pk)}").status == 404


def test_the_number_and_the_contact_open_a_private_case(walker, city):
    case = make_report(city, wants_public=False, contact=Contact(email="ada@people.test"))
    assert walker.go(f"/track/{case.number}").status == 404

    walker.send(contact="bo@people.test")
    assert walker.status == 404
    walker.send(contact="ADA@people.test")

    assert walker.status == 200
    assert "Only you and the city see this page." in walker.words


def test_guessing_contacts_is_stopped(walker, city):
    case = make_report(city, wants_public=False, contact=Contact(phone="404-555-0123"))
    walker.go(f"/track/{case.number}")
    for _try in range(10):
        walker.send(contact="nobody@people.test")

    walker.send(contact="404-555-0123")

    assert walker.status == 429
    assert "too often" in walker.words


def test_unknown_private_and_sensitive_cases_and_another_citys_look_alike(walker, city):
    private = make_report(city, wants_public=False)
    sensitive = make_sensitive(city)
    other = Jurisdiction.objects.create(key="x", center_lon=0, center_lat=0)
    foreign = make_report(city)
    Case.objects.filter(pk=foreign.pk).update(jurisdiction=other)

    pages = set()
    for number in (private.number, sensitive.number, foreign.number, format_number(2026, 9999)):
        walker.go(f"/track/{number}")
        assert walker.status == 404
        pages.add(walker.words.replace(number, "N"))

    assert len(pages) == 1


def test_not_even_the_contact_shows_a_sensitive_case(walker, city):
    case = make_sensitive(city, contact=Contact(email="ada@people.test"))

    walker.go(f"/track/{case.number}").send(contact="ada@people.test")

    assert walker.status == 404


def test_the_history_says_what_happened_in_order(walker, city):
    case = make_report(city, service_code="water_leak", answers={})
    staff = staff_of(city)
    acknowledge_incident(case.incident_id, actor=staff)
    add_public_note(case.incident_id, "A cone stands there now.", actor=staff)
    closing = Closing(Outcome.NO_PROBLEM_FOUND, text="The road is whole.")
    close_incident(case.incident_id, closing, actor=staff)

    words = walker.go(f"/track/{case.number}").words

    lines = ["We received the report.", "A cone stands there now.", "The road is whole."]
    assert [words.index(line) for line in lines] == sorted(words.index(line) for line in lines)
    assert "Nothing found" in words


def test_a_page_of_a_case_takes_a_fixed_number_of_queries(
    walker, city, django_assert_max_num_queries
):
    case = make_report(city)
    walker.go(f"/track/{case.number}")
    for _more in range(3):
        add_public_note(case.incident_id, "Still there.", actor=staff_of(city))

    with django_assert_max_num_queries(16):
        walker.go(f"/track/{case.number}")


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=99999999", "status=odd", "q=%00"])
def test_a_strange_filter_is_left_out(walker, city, query):
    assert walker.go(f"/cases?{query}").status == 200


def test_private_and_sensitive_cases_are_in_no_list(walker, city):
    private = make_report(city, wants_public=False)

    for page in ("/", "/cases"):
        assert private.number not in walker.go(page).text


def test_who_types_the_contact_reads_and_speaks_for_nobody(walker, city):
    contact = Contact(name="Ada Poe", email="ada@people.test", phone="404-555-0123")
    case = make_report(city, contact=contact)
    walker.go(f"/track/{case.number}").send(f"/track/{case.number}", contact="ada@people.test")
    assert "A deep hole in the road." in walker.words

    for words in ("ada@people.test", "+14045550123", "Ada Poe", "/say/"):
        assert words not in walker.text
    for kind in ("words", "withdraw", "dispute", "rate", "answer"):
        said = walker.client.post(f"/track/{case.number}/say/{kind}", {"text": "x", "stars": "1"})
        assert said.status_code == 404
    assert Case.objects.get().standing == "active"


def test_who_typed_the_contact_gets_the_link_by_mail_and_then_speaks(walker, city, letters):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    walker.go(f"/track/{case.number}").send(f"/track/{case.number}", contact="ada@people.test")

    walker.send("/link")
    assert "look into your mail" in walker.words
    (letter,) = letters
    assert letter.to == ["ada@people.test"]
    walker.go(re.search(r"http://127\.0\.0\.1:\d+(/\S+)", letter.body)[1]).send("/say/withdraw")

    assert Case.objects.get().standing == "withdrawn"


def test_nobody_else_has_the_link_sent(walker, city, letters):
    case = make_report(city, contact=Contact(email="ada@people.test"))

    assert walker.client.post(f"/track/{case.number}/link").status_code == 404
    assert letters == []


def test_who_reported_by_telephone_alone_adds_to_it_by_that_but_takes_nothing_back(walker, city):
    case = make_report(city, contact=Contact(phone="404-555-0123"))
    walker.go(f"/track/{case.number}").send(f"/track/{case.number}", contact="(404) 555 0123")

    walker.send("/say/words", text="It grows.")
    assert "Thank you, we have it." in walker.words
    taken_back = walker.client.post(f"/track/{case.number}/say/withdraw")

    assert taken_back.status_code == 404
    assert Case.objects.get().standing == "active"


@pytest.mark.parametrize("page", ["unfollow", "question?t=a", "follow/confirm?t=a", "say/words"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_a_case_tells_whether_a_private_one_is_there(city, client, page, method):
    private = make_report(city, wants_public=False, contact=Contact(email="ada@people.test"))
    numbers = (private.number, make_sensitive(city).number, format_number(2026, 99_999))

    answers = [getattr(client, method)(f"/track/{number}/{page}") for number in numbers]

    assert len({answer.status_code for answer in answers}) == 1
    seen = {
        answer.content.decode().replace(number, "…")
        for answer, number in zip(answers, numbers, strict=True)
    }
    assert len({re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in seen}) == 1


def test_a_link_to_follow_one_case_tells_nothing_of_a_private_one(city, client, letters):
    public, private = make_report(city), make_report(city, wants_public=False)
    client.post(f"/track/{public.number}/follow", {"email": "eve@people.test"})
    token = letters[0].body.split("?t=")[1].split()[0]

    for number in (private.number, format_number(2026, 99_999)):
        answer = client.get(f"/track/{number}/follow/confirm?t={token}")
        assert answer.status_code == 404
        assert "expired or was used" in answer.content.decode()


def test_while_a_closing_is_disputed_the_page_says_by_when_it_is_answered(walker, city):
    case = make_report(city, service_code="other", answers={})
    closing = Closing(outcome=Outcome.NO_PROBLEM_FOUND, text="There is no hole.")
    close_incident(case.incident_id, closing, actor=staff_of(city))
    request_dispute(case.pk, "It is still there.", actor=staff_of(city))

    open_as_own(walker, case)

    assert "You get an answer by then." in walker.words
    assert "Closed on" not in walker.words
    assert "you read the answer here" in walker.words
    assert ".." not in walker.words


def test_what_moved_is_told_once(walker, city, frozen_clock):
    case, other = make_report(city), make_report(city)
    crew = staff_of(city)
    frozen_clock.move_by(timedelta(minutes=1))
    merge_incidents(case.incident_id, other.incident_id, actor=crew)
    unmerge_case(case.pk, actor=crew)

    open_as_own(walker, case)

    assert walker.words.count("It is now handled together with other reports.") == 1
    assert walker.words.count("It is handled on its own again.") == 1
    assert "Other reports of the same thing were added." not in walker.words
    assert "Other reports of the same thing were added." in open_as_own(walker, other).words


def test_after_a_change_of_service_both_promises_are_shown(walker, city):
    case = make_report(city)
    before = open_as_own(walker, case).words
    change_service(case.incident_id, "other", actor=staff_of(city))

    after = open_as_own(walker, case).words

    assert "Before it was filed anew:" not in before
    assert "Before it was filed anew:" in after


def test_where_only_a_first_look_is_promised_its_date_is_told(walker, city):
    case = make_report(city)
    Clock.objects.filter(case=case, target="resolve").delete()

    assert "First look by" in open_as_own(walker, case).words


def test_no_department_is_said_to_have_closed_what_was_taken_back(walker, city):
    case = make_report(city)
    withdraw_case(case.pk, actor=staff_of(city))

    open_as_own(walker, case)

    assert "It was closed." in walker.words
    assert "The department closed it." not in walker.words
    assert "What the department wrote" not in walker.words


def test_what_the_system_writes_is_read_in_the_readers_own_language(walker, city):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    withdraw_case(case.pk, actor=staff_of(city))

    walker.go(f"/es/track/{case.number}")

    assert "Todas las personas que lo reportaron" in walker.words
    assert "Everyone who reported" not in walker.words


def test_who_reported_reads_what_they_did_as_their_own(walker, city):
    case = make_report(city, contact=Contact(email="ada@people.test"))

    open_as_own(walker, case).send(f"/track/{case.number}/say/words", text="It grows.")
    own = walker.go(f"/track/{case.number}").words

    assert "You added:" in own
    assert "The person who reported it added:" not in own
