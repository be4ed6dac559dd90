"""The process that opens what strangers upload: little memory and time, no files, no network.

It reads a length and that many bytes, and answers with a line of facts and a picture, again and
again. It holds none of the deployment's secrets: its environment is empty. What a faulty decoder
can do here is end it; ``media_pool`` starts another.
"""

import ctypes
import json
import os
import resource
import select
import struct
import sys
from io import BytesIO
from typing import IO

from PIL import Image

from hark311.platform.media_drawing import Drawing, Unfit, drawn

LARGEST_MEMORY = 1024 * 1024 * 1024
LONGEST_CPU_S = 10
IDLE_S = 60.0
# Then another takes over, in case a decoder leaks.
MOST_PICTURES = 200
# Numbers that systems leave free for accounts of one process.
_FIRST_ACCOUNT, _ACCOUNTS = 61184, 4336
_MOST_THREADS = 16
_NO_DUMP, _NO_NEW_RIGHTS = 4, 38
_LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer until there is nothing to do for a minute, or the other end is gone."""
    _warm_up()
    give_up_rights()
    # Unbuffered: what is not yet read is seen by the look at the clock.
    asked, answers = os.fdopen(0, "rb", buffering=0), sys.stdout.buffer
    for _turn in range(MOST_PICTURES):
        if not select.select([asked], [], [], IDLE_S)[0]:
            return
        content = _read(asked)
        if content is None:
            return
        _allow_time()
        _answer(answers, content)


def give_up_rights() -> None:
    """From here on: no new file or socket, little memory, and an account that owns nothing."""
    os.nice(5)
    if os.geteuid() == 0:
        account = _FIRST_ACCOUNT + os.getpid() % _ACCOUNTS
        # Counted for each account: only one of its own can be told how many it may start.
        resource.setrlimit(resource.RLIMIT_NPROC, (_MOST_THREADS, _MOST_THREADS))
        os.setgroups([])
        os.setgid(account)
        os.setuid(account)
    control = ctypes.CDLL(None).prctl
    control(_NO_DUMP, 0, 0, 0, 0)
    control(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    for what, most in (
        (resource.RLIMIT_AS, LARGEST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        # Three are open: a socket or a file would be the fourth.
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def _warm_up() -> None:
    """Load whatever decoders load late, while files may still be opened."""
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        sample = BytesIO()
        exif = Image.Exif()
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x0112] = 6
        Image.new("RGB", (16, 16)).save(sample, kind, exif=exif)
        drawn(sample.getvalue())
    with BytesIO() as several:
        pictures = [Image.new("RGB", (16, 16))] * 2
        pictures[0].save(several, "MPO", save_all=True, append_images=pictures[1:])
        drawn(several.getvalue())


def _allow_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + LONGEST_CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer(answers: IO[bytes], content: bytes) -> None:
    facts: dict[str, object]
    try:
        made = drawn(content)
        facts = _facts(made)
        body = made.content
    except Unfit as unfit:
        facts, body = {"reason": unfit.reason}, b""
    line = json.dumps(facts).encode()
    answers.write(_LENGTH.pack(len(line)) + line + _LENGTH.pack(len(body)) + body)
    answers.flush()


def _facts(made: Drawing) -> dict[str, object]:
    return {
        "content_type": made.content_type,
        "position": made.position,
        "is_first_of_several": made.is_first_of_several,
    }


def _read(asked: IO[bytes]) -> bytes | None:
    head = _exactly(asked, _LENGTH.size)
    return None if head is None else _exactly(asked, _LENGTH.unpack(head)[0])


def _exactly(asked: IO[bytes], size: int) -> bytes | None:
    """So many bytes; None if the other end is gone before."""
    parts = bytearray()
    while len(parts) < size:
        part = asked.read(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


if __name__ == "__main__":
    main()
