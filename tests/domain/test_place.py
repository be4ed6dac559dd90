"""Reading a point from two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        pytest.param("33.749", "-84.388", Point(-84.388, 33.749), id="plain"),
        pytest.param(" +33 ", "\t-84.", Point(-84.0, 33.0), id="blanks and signs"),
        pytest.param("9e-1", "1E1", Point(10.0, 0.9), id="as a script writes them"),
        pytest.param("90", "-180", Point(-180.0, 90.0), id="the edge of the map"),
        pytest.param("0", "-84.388", Point(-84.388, 0.0), id="on the equator"),
        pytest.param("", None, None, id="absent and empty"),
        pytest.param("  ", "", None, id="blank"),
    ],
)
def test_two_texts_name_a_point_or_none(lat, lon, point):
    assert point_from(lat, lon) == point


@pytest.mark.parametrize(
    ("lat", "lon", "facts"),
    [
        pytest.param("33.7", "", {"reason": "half", "axis": "lon"}, id="no longitude"),
        pytest.param(None, "-84", {"reason": "half", "axis": "lat"}, id="no latitude"),
        pytest.param("north", "-84", {"reason": "not_a_number", "axis": "lat"}, id="words"),
        pytest.param("33,7", "-84", {"reason": "not_a_number", "axis": "lat"}, id="comma"),
        pytest.param("nan", "-84", {"reason": "not_a_number", "axis": "lat"}, id="nan"),
        pytest.param("33", "1_0", {"reason": "not_a_number", "axis": "lon"}, id="underscore"),
        pytest.param("-84.388", "200", {"reason": "out_of_range", "axis": "lon"}, id="too far"),
        pytest.param("90.01", "0", {"reason": "out_of_range", "axis": "lat"}, id="off the pole"),
        pytest.param("1e99", "0", {"reason": "out_of_range", "axis": "lat"}, id="enormous"),
        pytest.param("0.0", "-0", {"reason": "null_island"}, id="the device knew no place"),
    ],
)
def test_what_names_no_place_is_refused_with_its_reason(lat, lon, facts):
    with pytest.raises(BadPlace) as refusal:
        point_from(lat, lon)
    assert refusal.value.facts == facts


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_written_point_is_read_as_itself(lat, lon):
    if max(abs(lat), abs(lon)) >= 0.01:
        assert point_from(str(lat), str(lon)) == Point(lon, lat)


@given(st.text("0123456789.-+eE "), st.text("0123456789.-+eE "))
def test_any_texts_are_read_or_refused_and_nothing_else(lat, lon):
    assert _outcome(lat, lon) in {
        "none",
        "point",
        "half",
        "not_a_number",
        "out_of_range",
        "null_island",
    }


def _outcome(lat, lon):
    try:
        return "none" if point_from(lat, lon) is None else "point"
    except BadPlace as refusal:
        return refusal.facts["reason"]
