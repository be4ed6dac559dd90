"""A page shows something within a second and a half, also on a slow phone."""

import pytest
from tests.faces.conftest import Faces
from tests.faces.pages import PAGES
from tests.faces.paint import LIMIT_MS, first_paint_ms

pytestmark = pytest.mark.browser

NAMES = [one.name for one in PAGES if one.name in {"home", "report/what", "case", "cases", "map"}]


@pytest.mark.parametrize("name", NAMES)
def test_a_slow_phone_shows_it_soon(browser, faces: Faces, name):
    url = faces.address + faces.pages[name]["path"]

    assert first_paint_ms(browser, url) <= LIMIT_MS
