"""Jobs: what is done once, later, by the worker. Readers of events defer them, never actions.

A job is a function under ``@app.task(queue=...)`` in some package's ``jobs`` module, which
is found at start. Its queue is one of QUEUES; a test sees to that.
"""

from asgiref.sync import async_to_sync
from procrastinate import App
from procrastinate.contrib.django import app

from hark311.platform import clock, log

QUEUES = ("fax", "housekeeping", "mail", "notices", "social")
STALLED_AFTER_S = 60.0
KEPT_HOURS = 72

__all__ = ["QUEUES", "app", "delete_finished", "take_up_stalled", "worker_app"]

_log = log.get(__name__)


def worker_app() -> App:
    """Return the jobs as the worker runs them, on connections of its own."""
    return app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's connector has it


def take_up_stalled() -> int:
    """Give the jobs of workers that died to those who live; returns how many."""
    manager = app.job_manager
    stalled = list(async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=STALLED_AFTER_S))
    for job in stalled:
        async_to_sync(manager.retry_job)(job, retry_at=clock.now())
        _log.warning("job_taken_up", job_id=job.id, task=job.task_name)
    return len(stalled)


def delete_finished() -> int:
    """Forget jobs that ended three days ago or earlier."""
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=KEPT_HOURS, include_cancelled=True, include_aborted=True
    )
    return 0
