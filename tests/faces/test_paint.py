"""A page shows something within a second and a half, also on a slow phone."""

import os

import pytest
from tests.faces.conftest import Faces
from tests.faces.pages import PAGES
from tests.faces.paint import LIMIT_MS, first_paint_ms

pytestmark = pytest.mark.browser

# Processes a processor: beyond that, times are those of the others.
BUSY = 4
NAMES = [one.name for one in PAGES if one.name in {"home", "report/what", "case", "cases", "map"}]


@pytest.mark.parametrize("name", NAMES)
def test_a_slow_phone_shows_it_soon(browser, faces: Faces, name):
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    if busy > BUSY:
        pytest.skip(f"{name}: {busy:.0f} processes wait for each processor: speed says nothing")
    url = faces.address + faces.pages[name]["path"]

    assert first_paint_ms(browser, url) <= LIMIT_MS
