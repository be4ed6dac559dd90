"""How limits are counted."""

from datetime import timedelta

import pytest

from hark311.access import allowance
from hark311.access.allowance import spend
from hark311.access.models import Allowance
from hark311.domain.errors import TooMany
from hark311.platform import clock

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def spend_once(whom: str = "ada@people.test") -> None:
    spend("mail_to", whom, at_most=2, within=HOUR, now=clock.now())


def test_one_too_many_is_refused(frozen_clock):
    spend_once()
    frozen_clock.move_by(timedelta(minutes=5))
    spend_once()

    with pytest.raises(TooMany) as refused:
        spend_once()
    assert refused.value.facts == {"retry_after_s": 3600, "minutes": 60}


def test_case_does_not_make_another_address(frozen_clock):
    spend_once()
    spend_once("ADA@people.test")

    with pytest.raises(TooMany):
        spend_once()


def test_another_person_is_counted_apart_and_time_forgives(frozen_clock):
    spend_once()
    spend_once()
    spend_once("bo@people.test")
    frozen_clock.move_by(HOUR)
    spend_once()
    spend_once()

    with pytest.raises(TooMany):
        spend_once()


def test_no_address_is_stored(frozen_clock):
    spend_once()

    assert "ada" not in Allowance.objects.get().subject


def test_what_is_left_is_asked_before_it_is_counted(frozen_clock):
    subject = allowance.subject_of("knock", "ada@people.test")
    for _use in range(3):
        allowance.require_left(subject, limit=3, within=HOUR, now=clock.now())
        allowance.count(subject, now=clock.now())

    with pytest.raises(TooMany):
        allowance.require_left(subject, limit=3, within=HOUR, now=clock.now())


def test_a_subject_may_be_forgotten_alone(frozen_clock):
    ada, bo = (allowance.subject_of("knock", who) for who in ("ada", "bo"))
    allowance.count(ada, now=clock.now())
    allowance.count(bo, now=clock.now())

    allowance.forget(ada)

    allowance.require_left(ada, limit=1, within=HOUR, now=clock.now())
    with pytest.raises(TooMany):
        allowance.require_left(bo, limit=1, within=HOUR, now=clock.now())


def test_only_what_no_limit_looks_at_is_swept(frozen_clock):
    spend_once()
    frozen_clock.move_by(timedelta(hours=3))
    spend_once()

    assert allowance.sweep() == 1
    assert Allowance.objects.count() == 1
