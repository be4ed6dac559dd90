"""Every closing asks its reporter two questions; the silent are asked once more."""

import re
from datetime import date, timedelta

import pytest
from tests.cases.make import (
    FIXED,
    make_case,
    make_person,
    resident_actor,
    staff_actor,
    the_system,
)
from tests.notifications.life import html_of, tell, text_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.sweeps import sweep_surveys
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome
from hark311.notifications.models import Notice
from hark311.people.models import Person

pytestmark = pytest.mark.django_db

ADA, EVE = "ada@people.test", "eve@people.test"


@pytest.fixture
def case(post, frozen_clock):
    made = make_case(person=make_person(email=ADA))
    tell()
    post.taken.clear()
    return made


def survey_of(case):
    return f"/track/{case.number}/survey?t={token_for(LinkKind.SURVEY, case.pk)}"


def test_the_mail_of_a_closing_asks_who_reported_and_not_who_follows(post, case):
    follow_incident(case.pk, make_person(email=EVE).pk, actor=the_system())
    close_incident(case.incident_id, FIXED, actor=staff_actor())
    tell()

    (own,), (other,) = post.to(ADA), post.to(EVE)
    assert survey_of(case) in text_of(own)
    assert survey_of(case) in html_of(own)
    assert "/survey" not in text_of(other)


def test_the_silent_are_asked_once_more_in_their_language(post, case, frozen_clock):
    Person.objects.filter(email=ADA).update(language="es")
    close_incident(case.incident_id, FIXED, actor=staff_actor())
    tell()
    post.taken.clear()

    for _day in range(20):
        frozen_clock.move_by(timedelta(days=1))
        sweep_surveys()
        tell()

    (mail,) = post.to(ADA)
    assert mail["Subject"] == f"¿Está arreglado? {case.number}"
    assert f"/es{survey_of(case)}" in text_of(mail)
    assert "Solo preguntamos esta vez." in text_of(mail)


def test_who_answers_before_it_is_sent_is_left_alone(post, case, frozen_clock):
    close_incident(case.incident_id, FIXED, actor=staff_actor())
    tell()
    post.taken.clear()
    frozen_clock.move_by(timedelta(days=6))
    sweep_surveys()

    rate_case(case.pk, 5, "", actor=resident_actor(case))
    tell()

    assert post.taken == []
    assert Notice.objects.get(kind="survey").reason == "answered"


def test_a_plan_is_asked_about_when_its_day_has_come_and_not_before(post, case, frozen_clock):
    set_expected(case.incident_id, date(2026, 6, 20), actor=staff_actor())
    closing = Closing(Outcome.PLANNED, "With the new street.", detail="June 20")
    close_incident(case.incident_id, closing, actor=staff_actor())
    tell()
    assert not any("/survey" in text_of(mail) for mail in post.to(ADA))
    post.taken.clear()

    frozen_clock.move_by(timedelta(days=21))
    sweep_surveys()
    tell()

    (mail,) = post.to(ADA)
    assert re.search("We had planned this .* Was it done", text_of(mail))
