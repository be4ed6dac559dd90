"""The clock runs, stands, and moves when told."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from hark311.domain.errors import NaiveTimestamp
from hark311.platform import clock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_the_clock_tells_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_a_held_clock_stands_still_in_every_thread():
    seen = []
    with clock.held(NOON):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert seen == [NOON]


def test_a_held_clock_moves_when_told(frozen_clock):
    frozen_clock.move_by(timedelta(hours=1))

    assert clock.now() == NOON + timedelta(hours=1)


def test_the_clock_runs_again_afterwards():
    with clock.held(NOON):
        pass

    assert clock.now() > NOON


def test_holding_inside_holding_gives_back_the_outer_time():
    with clock.held(NOON):
        with clock.held(NOON + timedelta(days=1)):
            pass
        assert clock.now() == NOON


def test_another_zone_is_told_in_utc():
    with clock.held(datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=-4)))) as held:
        assert held.at.tzinfo is UTC
        assert held.at == NOON


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(NaiveTimestamp), clock.held(datetime(2026, 6, 1)):  # noqa: DTZ001
        pass
