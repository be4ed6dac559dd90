"""How limits are counted."""

from datetime import timedelta

import pytest

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
    assert refused.value.facts == {"what": "mail_to", "minutes": 60}


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


def test_no_address_is_stored(frozen_clock):
    spend_once()

    assert "ada" not in Allowance.objects.get().subject
