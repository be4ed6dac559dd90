"""The gateway as its own process, in front of the pages that this test serves."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from tests.cases.make import DEFAULT, make_city

PORT = 5077


def pytest_collection_modifyitems(items):
    """Without the extra or a speaker there is nothing to call."""
    missing = None if find_spec("baresip") else "the extra voice is not installed"
    missing = missing or (None if shutil.which("espeak-ng") else "espeak-ng is not installed")
    for item in items:
        if missing and item.get_closest_marker("telephone"):
            item.add_marker(pytest.mark.skip(reason=f"{item.name}: {missing}"))


@pytest.fixture
def city(transactional_db):
    return make_city(DEFAULT)


@pytest.fixture
def gateway(live_server, city, settings, tmp_path_factory):
    """The address to call; every call goes through the pages of ``city``."""
    settings.PUBLIC_URL = live_server.url
    settings.PHONE_TOKEN = "known to both"
    settings.PHONE_DIAL = ("911=sip:2125550123@127.0.0.1:5090",)
    # Sentences spoken once are kept from one run to the next.
    kept = tmp_path_factory.getbasetemp().parent / "hark311-spoken"
    command = (
        *(sys.executable, "-m", "hark311.commands.main", "voice-gateway"),
        *("--listen", f"127.0.0.1:{PORT}", "--web", live_server.url, "--data", str(kept)),
    )
    environment = {**os.environ, "HARK311_PHONE_TOKEN": settings.PHONE_TOKEN}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        while "listening" not in process.stdout.readline():
            assert process.poll() is None, "the gateway did not start"
        yield f"sip:311@127.0.0.1:{PORT}"
        process.terminate()
