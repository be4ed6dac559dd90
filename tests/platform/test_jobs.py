"""Jobs of workers that died are taken up by those who live."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from hark311.platform import jobs


@pytest.fixture
def job_of_dead_worker(db):
    """A job that a worker began before it was last heard of, two minutes ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '2 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " VALUES ('notices', 'hark311.none', '{}', 'doing', %s) RETURNING id",
            [worker],
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_stalled_job_is_to_be_done_again(job_of_dead_worker):
    assert jobs.take_up_stalled() == 1
    assert ProcrastinateJob.objects.get(pk=job_of_dead_worker).status == "todo"
    assert jobs.take_up_stalled() == 0


@pytest.mark.django_db(transaction=True)
def test_forgetting_finished_jobs_keeps_the_rest(job_of_dead_worker):
    jobs.delete_finished()

    assert ProcrastinateJob.objects.filter(pk=job_of_dead_worker).exists()
