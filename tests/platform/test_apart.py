"""Work done apart is waited for, and what it refuses is told."""

import os
from pathlib import Path

import pytest

from hark311.platform.apart import run_apart
from hark311.platform.trouble import Trouble


def test_work_apart_is_done_when_it_returns_and_in_another_process(tmp_path: Path):
    run_apart(lambda: (tmp_path / "who").write_text(str(os.getpid())) and None)

    assert int((tmp_path / "who").read_text()) != os.getpid()


def test_what_the_work_refuses_is_told():
    def refuse() -> None:
        raise Trouble("there is no such city")

    with pytest.raises(Trouble, match="there is no such city"):
        run_apart(refuse)


def test_work_that_ends_half_way_is_told():
    with pytest.raises(Trouble, match="half way"):
        run_apart(lambda: os._exit(3))
