"""A log line holds events and short values, never what a resident typed."""

import json
import logging
from io import StringIO

import pytest

from hark311.platform import log


@pytest.fixture
def written():
    """Give back the lines logged in this test, as records."""
    root, stream = logging.getLogger(), StringIO()
    before, level = root.handlers[:], root.level
    log.configure(level="info", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before, level


def test_an_event_is_one_line_with_its_values(written):
    log.get("cases").info("incident_closed", incident_id=7, outcome="fixed")

    (line,) = written()
    assert (line["event"], line["incident_id"], line["outcome"]) == ("incident_closed", 7, "fixed")
    assert line["at"].endswith("Z")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ana@example.org", id="an address"),
        pytest.param("call me at +1 (404) 555-0100", id="a number"),
        pytest.param("The bin at our house was not emptied " * 5, id="prose"),
    ],
)
def test_what_somebody_typed_is_not_written(written, typed):
    log.get("cases").info("case_opened", text=typed, parts=[typed])
    logging.getLogger("library").warning("could not read %s", typed)

    lines = json.dumps(written())
    assert typed not in lines
    assert "ana@" not in lines
    assert "555" not in lines
    assert "our house" not in lines


def test_an_error_is_written_without_its_words(written):
    try:
        raise ValueError("Key (email)=(ana@example.org) exists")
    except ValueError:
        log.get("cases").error("loop_failed", exc_info=True)

    (line,) = written()
    assert line["raised"] == "ValueError"
    assert "ana" not in json.dumps(line)
    assert "test_log.py" in line["where"][-1]
