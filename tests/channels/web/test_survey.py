"""Two questions behind the link of a closing, for who has no account and does not sign in."""

from datetime import timedelta

import pytest
from tests.channels.web.cases import make_report, make_sensitive, staff_of
from tests.channels.web.walk import Walker

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Dispute, Rating
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.vocabulary import Outcome

pytestmark = pytest.mark.django_db
CLOSING = Closing(Outcome.INFORMATION_GIVEN, "It is done.")


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


@pytest.fixture
def closed(city):
    case = make_report(city, contact=Contact(email="ada@people.test"))
    close_incident(case.incident_id, CLOSING, actor=staff_of(city))
    return case


def link(case, kind=LinkKind.SURVEY, language="") -> str:
    return f"{language}/track/{case.number}/survey?t={token_for(kind, case.pk)}"


def test_two_answers_are_kept_without_signing_in(walker, closed):
    walker.go(link(closed)).send(fixed="yes", stars="5", text="Quick.")

    assert "Thank you." in walker.words
    (rating,) = Rating.objects.all()
    assert (rating.is_fixed, rating.stars, rating.comment) == (True, 5, "Quick.")
    assert walker.go(link(closed)).form().values["fixed"] == ["yes"]


def test_not_fixed_goes_to_a_supervisor_and_says_by_when(walker, closed):
    walker.go(link(closed, language="/es")).send(fixed="no", text="El hoyo sigue ahí.")

    assert "La supervisión lo revisa otra vez. Recibirá respuesta a más tardar el" in walker.words
    assert Dispute.objects.get().text == "El hoyo sigue ahí."


def test_after_the_time_to_question_it_is_kept_and_told(walker, closed, frozen_clock):
    frozen_clock.move_by(timedelta(days=40))

    walker.go(link(closed)).send(fixed="no")

    assert "The time to question this closing is over." in walker.words
    assert Rating.objects.get().is_fixed is False
    assert not Dispute.objects.exists()


def test_nothing_chosen_comes_back_with_what_was_typed(walker, closed):
    walker.go(link(closed)).send(text="Hm.")

    assert walker.status == 422
    assert "Say yes or no." in walker.words
    assert walker.form().values["text"] == ["Hm."]


def test_the_page_tells_nothing_of_the_person_or_their_words(walker, city):
    case = make_report(city, wants_public=False, contact=Contact("Ada Poe", "ada@people.test"))
    close_incident(case.incident_id, CLOSING, actor=staff_of(city))

    walker.go(link(case))

    for secret in ("Ada", "ada@people.test", "A deep hole", "12 Main Street"):
        assert secret not in walker.text
    assert walker.page.headers["Cache-Control"] == "private, no-store"


def test_no_other_link_opens_it_and_it_opens_nothing_else(walker, city, closed):
    assert walker.go(link(closed, LinkKind.CASE)).status == 404
    assert walker.go(link(closed, LinkKind.FOLLOW)).status == 404
    assert (
        walker.go(f"/track/{closed.number}?t={token_for(LinkKind.SURVEY, closed.pk)}").status == 404
    )
    assert walker.go(link(make_sensitive(city))).status == 404


def test_what_was_taken_back_is_not_asked_about(walker, city):
    case = make_report(city)
    withdraw_case(case.pk, actor=staff_of(city))

    assert walker.go(link(case)).status == 404
