"""Does work in a process of its own, so that the memory it takes is given back afterwards."""

import multiprocessing
import os
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection

from hark311.domain.errors import HarkError
from hark311.platform.process import die_with_parent
from hark311.platform.trouble import Trouble


def run_apart(work: Callable[[], None]) -> None:
    """Run ``work`` in a copy of this process, and wait for it; it ends with this one.

    Before threads are started and while no connection is open: a copy can share neither.
    Raises Trouble with the line of what it refused, or if it broke.
    """
    context = multiprocessing.get_context("fork")
    told, telling = context.Pipe(duplex=False)
    child = context.Process(target=partial(_work, work, telling, os.getpid()))
    child.start()
    telling.close()
    try:
        refused: str = told.recv()
    except EOFError:
        refused = ""
    child.join()
    if refused or child.exitcode:
        raise Trouble(refused or "the preparation stopped half way")


def _work(work: Callable[[], None], telling: Connection, parent_id: int) -> None:
    die_with_parent(parent_id=parent_id)
    try:
        work()
    except Trouble as trouble:
        telling.send(trouble.line)
    except HarkError as error:
        telling.send(str(error))
