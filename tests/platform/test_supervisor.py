"""Children are kept running, and end with the one who keeps them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hark311.platform.supervisor import pause_after

_PARENT = """
import os, sys
from hark311.platform.supervisor import Child, Supervisor
line = "import os, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); time.sleep(60)"
child = Child("one", (sys.executable, "-c", "import sys; " + line, sys.argv[1]))
Supervisor([child], environment=os.environ, look=lambda: None).run()
print("ended", flush=True)
"""


@pytest.fixture
def parent(tmp_path):
    """A supervisor in a process of its own; its child writes its number into tmp_path/numbers."""
    started = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path / "numbers")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield started
    started.kill()
    started.communicate()


def child_numbers(folder: Path, *, at_least: int) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        path = folder / "numbers"
        numbers = [int(line) for line in path.read_text().split()] if path.exists() else []
        if len(numbers) >= at_least:
            return numbers
        time.sleep(0.02)
    raise AssertionError("the child did not start")


def has_ended(number: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            status = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if status == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_killed_child_is_started_again(parent, tmp_path):
    (first,) = child_numbers(tmp_path, at_least=1)
    os.kill(first, signal.SIGKILL)

    assert child_numbers(tmp_path, at_least=2)[1] != first


def test_a_stop_ends_the_children_first(parent, tmp_path):
    (child,) = child_numbers(tmp_path, at_least=1)
    parent.send_signal(signal.SIGTERM)

    assert parent.communicate(timeout=20)[0] == "ended\n"
    assert has_ended(child)
    assert parent.returncode == 0


def test_a_killed_supervisor_leaves_no_child(parent, tmp_path):
    (child,) = child_numbers(tmp_path, at_least=1)
    parent.kill()

    assert has_ended(child)


@pytest.mark.parametrize(
    ("pause_s", "lived_s", "next_s"),
    [
        pytest.param(0.5, 1, 1.0, id="twice as long after a short life"),
        pytest.param(30.0, 1, 30.0, id="never longer than half a minute"),
        pytest.param(30.0, 61, 0.5, id="short again after a long life"),
    ],
)
def test_the_pause_before_the_next_start(pause_s, lived_s, next_s):
    assert pause_after(pause_s, lived_s) == next_s
