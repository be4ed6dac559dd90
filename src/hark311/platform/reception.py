"""Takes each request in whole before anybody works on it, so that slow senders keep nobody busy.

Many cheap threads wait for what is sent; few work, and only these hold connections to the
database. Without it, as many slow uploads as there are threads would stop all pages.
"""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any

Environment = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environment, Start], Any]

# How many may be sending at once to one process; the next are asked to come back.
ROOM = 64
# Threads beside those: for requests without a body, which wait only for a worker.
SPARE = 32
_IN_MEMORY = 512 * 1024
_AT_ONCE = 64 * 1024
# Slower than this on the whole, after a first while, nobody is on the other end.
_SLOWEST_BYTES_PER_S, _PATIENCE_S = 1024, 20.0
_RETRY_AFTER_S = 20


class Reception:
    """A WSGI application in front of another one.

    threads: how many requests the other one works on at once. largest: bytes of a request that
    are taken in; the other one gets larger ones unread, to refuse them.
    """

    def __init__(self, application: Application, *, threads: int, largest: int) -> None:
        self._application = application
        self._largest = largest
        self._room = threading.BoundedSemaphore(ROOM)
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="work")

    def __call__(self, environment: Environment, start: Start) -> Iterable[bytes]:
        size = _stated_size(environment)
        if not size or size > self._largest:
            return self._workers.submit(self._work, environment, start).result()
        with SpooledTemporaryFile(_IN_MEMORY) as taken:
            problem = self._take_in(environment["wsgi.input"], size, taken)
            if problem:
                return _refused(problem, start)
            taken.seek(0)
            environment["wsgi.input"] = taken
            return self._workers.submit(self._work, environment, start).result()

    def _take_in(self, sent: Any, size: int, taken: Any) -> str:
        """Copy the body; returns the status to answer with where that fails, else ''."""
        if not self._room.acquire(blocking=False):
            return "503 Service Unavailable"
        try:
            began, left = time.monotonic(), size
            while left:
                part = sent.read(min(left, _AT_ONCE))
                if not part:
                    return "400 Bad Request"
                taken.write(part)
                left -= len(part)
                waited = time.monotonic() - began
                if waited > max(_PATIENCE_S, (size - left) / _SLOWEST_BYTES_PER_S):
                    return "408 Request Timeout"
        finally:
            self._room.release()
        return ""

    def _work(self, environment: Environment, start: Start) -> Iterable[bytes]:
        """The whole answer; files and streams are left to be read by who sends them."""
        answer: Any = self._application(environment, start)
        if getattr(answer, "streaming", True):
            return answer  # type: ignore[no-any-return]  # an iterable, by the rules of WSGI
        try:
            return list(answer)
        finally:
            # Here, because what ends with a request belongs to the thread that worked on it.
            answer.close()


def _stated_size(environment: Environment) -> int:
    stated = environment.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 13 else 0


def _refused(status: str, start: Start) -> Iterable[bytes]:
    body = b"Too many are sending at once, or too slowly. Nothing was kept: send it again.\n"
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(_RETRY_AFTER_S)),
        ("Connection", "close"),
    ]
    start(status, headers)
    return [body]
