"""A place that serves a data folder while it is measured, and what is known of it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that is free, as is the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def served(
    verb: str,
    data: Path,
    port: int,
    more: Mapping[str, str] | None = None,
    words: Sequence[str] = (),
) -> Iterator[int]:
    """The number of the process that serves, once pages answer; ends it afterwards."""
    command = Path(sys.executable).with_name("hark311")
    environment = os.environ | {"HARK311_DATA": str(data)} | dict(more or {})
    process = subprocess.Popen(
        [str(command), verb, "--port", str(port), *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if process.stdout is None or not any(line.startswith("ready ") for line in process.stdout):
            sys.exit(f"hark311 {verb} did not start on {data}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
