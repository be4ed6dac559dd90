"""Each job has a consumer, and each loop a name of its own."""

from procrastinate.contrib.django import app

from hark311.commands.loops import LOOPS
from hark311.platform.jobs import QUEUES


def test_each_job_is_in_a_queue_that_the_worker_reads():
    queues = {task.queue for task in app.tasks.values() if task.name.startswith("hark311.")}

    assert queues <= set(QUEUES)


def test_no_two_loops_share_a_name():
    names = [loop.name for loop in LOOPS]

    assert len(names) == len(set(names))


def test_every_loop_looks_again_within_a_day():
    assert all(0 < loop.interval_s <= 86_400 for loop in LOOPS)
