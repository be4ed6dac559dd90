from datetime import timedelta

import pytest

from hark311.access import limits
from hark311.domain.errors import TooMany

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_uses_are_counted_until_they_are_too_many(frozen_clock):
    subject = limits.subject_of("knock", "ada@people.test")
    for _use in range(3):
        limits.require_left(subject, limit=3, within=HOUR, at=frozen_clock.at)
        limits.spend(subject, at=frozen_clock.at)
        frozen_clock.move_by(timedelta(minutes=5))

    with pytest.raises(TooMany) as refused:
        limits.require_left(subject, limit=3, within=HOUR, at=frozen_clock.at)

    assert refused.value.facts == {"retry_after_s": 3600}


def test_uses_of_long_ago_count_no_more(frozen_clock):
    subject = limits.subject_of("knock", "ada@people.test")
    limits.spend(subject, at=frozen_clock.at)
    frozen_clock.move_by(HOUR)

    limits.require_left(subject, limit=1, within=HOUR, at=frozen_clock.at)


def test_each_subject_is_counted_by_itself_and_may_be_forgotten(frozen_clock):
    ada, bo = (limits.subject_of("knock", who) for who in ("ada", "bo"))
    limits.spend(ada, at=frozen_clock.at)

    limits.require_left(bo, limit=1, within=HOUR, at=frozen_clock.at)
    limits.forget(ada)
    limits.require_left(ada, limit=1, within=HOUR, at=frozen_clock.at)


def test_a_subject_names_nobody():
    assert "ada" not in limits.subject_of("knock", "ada@people.test")
