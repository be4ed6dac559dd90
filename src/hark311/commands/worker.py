"""hark311 worker: runs jobs, the sequencer and the sweeps. Any number may run at once."""

import os
import threading
from argparse import ArgumentParser, Namespace

from procrastinate.exceptions import ConnectorException

from hark311.commands.loops import LOOPS
from hark311.platform import jobs
from hark311.platform.loops import run_loops
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 worker --concurrency 4"
STOP_TIMEOUT_S = 8.0
PATIENCE = 10


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--concurrency", type=int, default=2, metavar="N", help="jobs at a time (2)"
    )


def run(args: Namespace) -> int:
    """Work until SIGTERM or SIGINT; jobs and loops under way are finished first.

    People go first: where the machine is short of time, what follows from a report waits.
    """
    os.nice(PATIENCE)
    stopping = threading.Event()
    threads = run_loops(LOOPS, stopping)
    try:
        jobs.worker_app().run_worker(
            queues=list(jobs.QUEUES),
            concurrency=args.concurrency,
            shutdown_graceful_timeout=STOP_TIMEOUT_S,
        )
    except ConnectorException as lost:
        raise Trouble("the database went away") from lost
    finally:
        stopping.set()
        for thread in threads:
            thread.join(STOP_TIMEOUT_S)
    return 0
