"""The page about Open311 says what the code does."""

from pathlib import Path

import pytest

from hark311.channels.open311.adapter import STATUSES
from hark311.channels.open311.words import SENTENCES

PAGE = (Path(__file__).parents[3] / "docs/reference/open311.md").read_text()


@pytest.mark.parametrize("key", sorted({key.partition(".")[0] for key in SENTENCES}))
def test_every_reason_stands_on_the_page(key):
    inner = {"hark_error", "missing_outcome"}

    assert key in inner or f"`{key}" in PAGE


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_that_can_be_posted_stands_on_the_page(status):
    assert f"`{status}`" in PAGE
