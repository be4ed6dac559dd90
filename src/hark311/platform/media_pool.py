"""Keeps a few limited processes at hand that draw uploaded pictures anew."""

import json
import queue
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO

from hark311.domain.errors import BadMedia
from hark311.platform import log

LONGEST_S = 20.0
LONGEST_WAIT_S = 60.0
AT_ONCE = 2
_LENGTH = struct.Struct(">Q")
_COMMAND = (sys.executable, "-I", "-m", "hark311.platform.media_child")

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture fit to be kept and shown.

    position: longitude and latitude that the camera had noted; they are in ``content`` no more.
    is_first_of_several: it moved, and this is how it began.
    """

    content: bytes
    content_type: str
    position: tuple[float, float] | None = None
    is_first_of_several: bool = False


class _Gone(Exception):
    """The process ended without an answer."""


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes] = field(default_factory=lambda: _start())
    has_answered: bool = False

    def draw(self, content: bytes) -> Picture:
        """Raises BadMedia, or _Gone if there is no answer in time."""
        asked, answers = self.process.stdin, self.process.stdout
        if asked is None or answers is None:
            raise _Gone
        late = threading.Timer(LONGEST_S, self.process.kill)
        late.start()
        try:
            asked.write(_LENGTH.pack(len(content)))
            asked.write(content)
            asked.flush()
            facts = json.loads(_exactly(answers))
            body = _exactly(answers)
        except (OSError, ValueError) as error:
            raise _Gone from error
        finally:
            late.cancel()
        self.has_answered = True
        if "reason" in facts:
            raise BadMedia(reason=facts["reason"])
        position = facts["position"]
        return Picture(
            content=body,
            content_type=facts["content_type"],
            position=tuple(position) if position else None,
            is_first_of_several=facts["is_first_of_several"],
        )

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue  # what was not yet written to the process goes nowhere


class Pool:
    """At most ``size`` processes, started when asked for; those with nothing to do end."""

    def __init__(self, size: int) -> None:
        self._permits = threading.BoundedSemaphore(size)
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()

    def draw(self, content: bytes) -> Picture:
        """Draw the picture anew; may be called from any thread.

        Raises BadMedia with reason ``not_a_picture``, ``broken``, ``too_many_pixels``, or
        ``busy`` if all are at work for a minute.
        """
        if not self._permits.acquire(timeout=LONGEST_WAIT_S):
            raise BadMedia(reason="busy")
        try:
            return self._draw(content)
        finally:
            self._permits.release()

    def close(self) -> None:
        """End the processes that have nothing to do."""
        while not self._idle.empty():
            self._idle.get().end()

    def _draw(self, content: bytes) -> Picture:
        while True:
            child = self._take()
            is_fresh = not child.has_answered
            try:
                picture = child.draw(content)
            except _Gone:
                status = child.process.poll()
                child.end()
                # One that had worked may have ended for its age; a fresh one fell over this.
                if is_fresh:
                    _log.warning("picture_ended_its_process", status=status, size=len(content))
                    raise BadMedia(reason="broken") from None
                continue
            except BadMedia:
                self._idle.put(child)
                raise
            self._idle.put(child)
            return picture

    def _take(self) -> _Child:
        while not self._idle.empty():
            child = self._idle.get()
            if child.process.poll() is None:
                return child
            child.end()
        return _Child()


def _start() -> subprocess.Popen[bytes]:
    """A process without our environment; it ends by itself when its input does."""
    return subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )


def _exactly(answers: IO[bytes]) -> bytes:
    head = answers.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise _Gone
    size = _LENGTH.unpack(head)[0]
    body = answers.read(size)
    if len(body) < size:
        raise _Gone
    return body


pool = Pool(AT_ONCE)
