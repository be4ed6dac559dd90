"""Every loop of the worker: what it is called, how often it looks, and what it does."""

from hark311.platform import jobs
from hark311.platform.loops import Loop

# Alphabetical.
LOOPS = (
    Loop("delete_finished_jobs", 3600, jobs.delete_finished),
    Loop("take_up_stalled_jobs", 15, jobs.take_up_stalled),
)
