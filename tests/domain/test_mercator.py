"""Degrees become pixels and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.matching import Box
from hark311.domain.mercator import TOP, View, project, unproject

LONS, LATS = st.floats(-180, 180), st.floats(-TOP, TOP)


@given(LONS, LATS)
def test_a_position_comes_back_from_where_it_was_projected(lon, lat):
    back = unproject(*project(lon, lat))

    assert (back.lon, back.lat) == (pytest.approx(lon, abs=1e-9), pytest.approx(lat, abs=1e-9))


@given(LONS, st.floats(-90, 90))
def test_the_whole_globe_lies_in_the_unit_square(lon, lat):
    x, y = project(lon, lat)

    assert 0 <= x <= 1
    assert -1e-9 <= y <= 1 + 1e-9


@given(st.floats(-170, 169), st.floats(-80, 79), st.floats(0, 1), st.floats(0, 1))
def test_a_window_around_a_box_shows_all_of_it(west, south, across, down):
    box = Box(west, south, west + across, south + down)
    view = View.around(box, 640, 480)

    for lon, lat in ((box.west, box.south), (box.east, box.north)):
        x, y = view.pixel(lon, lat)
        assert -1e-3 <= x <= 640 + 1e-3
        assert -1e-3 <= y <= 480 + 1e-3
    assert view.zoom <= 17 + 1e-9


def test_what_a_window_shows_is_its_box():
    view = View.around(Box(-84.4, 33.7, -84.3, 33.8), 640, 480)

    west, south, east, north = view.box

    assert view.pixel(west, north) == (pytest.approx(0, abs=1e-6), pytest.approx(0, abs=1e-6))
    assert view.pixel(east, south) == (pytest.approx(640), pytest.approx(480))
