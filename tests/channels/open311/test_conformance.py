"""An independent client walks the whole interface of a running server, in one city and in two."""

import subprocess
import sys

import pytest
from tests.channels.open311.bulk import insert_cases
from tests.channels.open311.city import HERE, make_open_city, secret_of
from tests.conftest import SHARED

PROBE = SHARED / "conformance/georeport_conformance.py"

pytestmark = [pytest.mark.shared, pytest.mark.django_db(transaction=True)]


def probe(live_server, secret, *more):
    done = subprocess.run(
        [
            sys.executable, str(PROBE), f"{live_server.url}/open311/v2", "--api-key", secret,
            "--write", "--ext", "--strict", "--lat", HERE["lat"], "--long", HERE["long"], *more,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    bad = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    return done.returncode, bad


def make_busy(city, serial=0):
    insert_cases(city, 1010, over_days=80, serial=serial)
    insert_cases(city, 60, over_days=170, serial=serial + 5000)


def test_one_city_conforms(live_server):
    city = make_open_city()
    make_busy(city)

    status, bad = probe(live_server, secret_of(city))

    assert (status, bad[:-2]) == (0, [])
    assert bad[-1].endswith("0 failed, 0 skipped")


def test_each_of_two_cities_conforms(live_server):
    first, second = make_open_city(), make_open_city("elsewhere")
    make_busy(first)
    make_busy(second, serial=10_000)
    secret = secret_of()

    for city in (first, second):
        discovery = f"{live_server.url}/open311/discovery"
        status, bad = probe(
            live_server, secret, "--jurisdiction", city.jurisdiction.key, "--discovery", discovery
        )
        assert (status, bad[:-2]) == (0, [])
        assert bad[-1].endswith("0 failed, 0 skipped")
