"""A loop goes on, whatever one turn of it raises."""

import threading

import pytest

from hark311.platform.loops import Loop, repeat, run_loops


@pytest.mark.django_db
def test_a_loop_that_raises_goes_on():
    stopping, turns = threading.Event(), []

    def turn() -> int:
        turns.append(len(turns))
        if len(turns) == 3:
            stopping.set()
        raise ValueError("this turn fails")

    repeat(Loop("failing", 0.001, turn), stopping)
    assert turns == [0, 1, 2]


@pytest.mark.django_db
def test_a_loop_that_finds_work_looks_again_at_once():
    stopping, left = threading.Event(), [3, 2, 1]

    def turn() -> int:
        if len(left) == 1:
            stopping.set()
        return left.pop(0)

    repeat(Loop("busy", 3600, turn), stopping)
    assert left == []


@pytest.mark.django_db
def test_loops_run_side_by_side_and_stop_together():
    stopping = threading.Event()
    meeting = threading.Barrier(2, timeout=10)

    def turn() -> int:
        meeting.wait()
        return 0

    threads = run_loops([Loop("one", 3600, turn), Loop("two", 3600, turn)], stopping)
    stopping.set()
    for thread in threads:
        thread.join(10)

    assert not any(thread.is_alive() for thread in threads)
    assert not meeting.broken
