"""Care around a report: how long it is kept, whom mail may reach, what neighbors told."""

from datetime import timedelta

import pytest
from tests.channels.web.cases import make_report
from tests.channels.web.test_report import HERE, to_review, to_where
from tests.channels.web.walk import Walker, number_on

from hark311.cases.models import Attachment, Case
from hark311.channels.web.mailing import REPORTS_TO_ONE_ADDRESS, mail_link
from hark311.platform import clock, media

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def shown_photo(case: Case, state: str = "shown") -> str:
    key = media.save_once(f"photo of {case.number} {state}".encode(), "image/png")
    Attachment.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        incident=case.incident,
        kind="photo",
        storage_key=key,
        content_type="image/png",
        size=1,
        digest="0" * 64,
        state=state,
        created_at=clock.now(),
    )
    return media.address_of(key)


def test_what_is_typed_is_kept_for_a_day_and_the_page_says_until_when(walker, frozen_clock):
    to_where(walker)
    key = walker.url.rpartition("=")[2]
    assert "Kept in this browser until June 2, 2026" in walker.words

    frozen_clock.move_by(timedelta(hours=23))
    assert walker.go(f"/report/where?d={key}").url.startswith("/report/where")
    frozen_clock.move_by(timedelta(hours=2))
    assert walker.go(f"/report/where?d={key}").url == "/report"


def test_a_page_left_open_for_days_still_sends_what_was_typed(walker, frozen_clock):
    to_review(walker)
    frozen_clock.move_by(timedelta(days=5))
    walker.send()

    assert Case.objects.get().address == "12 Main Street"


def test_what_was_typed_is_thrown_away_on_a_press(walker):
    to_where(walker)
    key = walker.url.rpartition("=")[2]
    walker.send("/report/throw-away")

    assert walker.url == "/"
    assert walker.go(f"/report/where?d={key}").url == "/report"


def test_photos_that_waited_too_long_are_told_and_the_rest_is_sent(walker):
    key = media.save_once(b"will be swept", "image/png")
    name = to_review(walker).url.rpartition("=")[2]
    session = walker.client.session
    drafts = session["hark311_reports"]
    drafts[name]["draft"]["pictures"] = [key]
    session["hark311_reports"] = drafts
    session.save()
    media.delete(key)

    walker.go(f"/report/review?d={name}")
    assert "yours are gone" in walker.words
    walker.send()
    assert Case.objects.count() == 1


def test_a_strangers_address_is_not_flooded_and_that_is_said(walker):
    for _report in range(REPORTS_TO_ONE_ADDRESS):
        to_review(walker, email="victim@people.test").send()
    assert "We send no mail about this report." not in walker.words

    to_review(walker, email="Victim@people.test").send()

    assert "We send no mail about this report." in walker.words
    last = Case.objects.get(number=number_on(walker))
    assert not last.person.wants_updates
    assert Case.objects.filter(person__wants_updates=True).count() == REPORTS_TO_ONE_ADDRESS


def test_links_in_mail_lead_to_the_city_whatever_host_was_asked(walker, city, letters, settings):
    settings.PUBLIC_URL = "https://311.city.test"
    walker.client.post(
        "/account/sign-in", {"email": "ada@people.test"}, headers={"host": "localhost:6666"}
    )

    assert "https://311.city.test/account/enter?t=" in letters[-1].body
    assert "6666" not in letters[-1].body
    assert mail_link(city, "web:case", "26-00000001-2", token="x").endswith("/26-00000001-2?t=x")


def test_a_neighbors_report_shows_its_checked_photo_and_how_many_told(walker, city):
    first = make_report(city)
    hidden, waiting = shown_photo(first, "hidden"), shown_photo(first, "checking")
    shown = shown_photo(first)
    to_where(walker).send(**HERE)

    assert f'src="{shown}"' in walker.text
    assert hidden not in walker.text
    assert waiting not in walker.text
    assert "Yes, that's it: add me" in walker.words


def test_neighbors_cost_one_statement_however_many_there_are(
    walker, city, django_assert_max_num_queries
):
    for _more in range(5):
        shown_photo(make_report(city))
    to_where(walker).send(**HERE)

    with django_assert_max_num_queries(6):
        walker.client.get(walker.url)


def test_who_joins_a_neighbor_reads_that_they_are_not_alone(walker, city):
    first = make_report(city)
    to_where(walker).send(**HERE).send(joins=str(first.incident_id)).send(q__size="plate")
    walker.send().send()

    assert "1 neighbor told us about this too." in walker.words
    assert "While you wait" in walker.words


def test_the_home_page_offers_what_is_asked_most(walker, city):
    for _more in range(3):
        make_report(city, service_code="water_leak", answers={})
    make_report(city)

    walker.go("/")
    chips = [part.split('"')[0] for part in walker.text.split("?service=")[1:]]
    assert chips[:2] == ["water_leak", "pothole"]
