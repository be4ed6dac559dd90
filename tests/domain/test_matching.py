"""Distances against known ones, boxes against circles, and what comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.matching import Box, Candidate, bounding_box, distance_m, rank

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LONS, LATS = st.floats(-180, 180), st.floats(-90, 90)


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        pytest.param((-73.9857, 40.7484), (-73.9857, 40.7484), 0, id="the same spot"),
        pytest.param((0, 0), (1, 0), 111_195, id="a degree of the equator"),
        pytest.param((0, 60), (1, 60), 55_597, id="half of it at 60 degrees"),
        pytest.param((179.999, 0), (-179.999, 0), 222, id="over the date line"),
        pytest.param((0, 90), (77, -90), 20_015_115, id="pole to pole"),
    ],
)
def test_a_distance_is_that_of_the_atlas(one, other, metres):
    assert distance_m(*one, *other) == pytest.approx(metres, abs=1)


@given(LONS, LATS, LONS, LATS)
def test_there_and_back_is_the_same_way(lon1, lat1, lon2, lat2):
    there, back = distance_m(lon1, lat1, lon2, lat2), distance_m(lon2, lat2, lon1, lat1)
    assert there == pytest.approx(back, abs=0.01)


@given(LONS, LATS, st.floats(-0.02, 0.02), st.floats(-0.02, 0.02), st.floats(1, 5000))
def test_no_point_within_the_radius_is_outside_the_box(lon, lat, east, north, radius_m):
    other_lon = (lon + east + 180) % 360 - 180
    other_lat = max(-90.0, min(90.0, lat + north))

    west_edge, south_edge, east_edge, north_edge = bounding_box(lon, lat, radius_m)

    is_inside = west_edge <= other_lon <= east_edge and south_edge <= other_lat <= north_edge
    assert is_inside or distance_m(lon, lat, other_lon, other_lat) > radius_m


def test_a_box_is_hardly_larger_than_its_circle():
    box = bounding_box(-84.388, 33.749, 100)
    assert distance_m(box.west, 33.749, box.east, 33.749) == pytest.approx(200, abs=0.1)
    assert distance_m(-84.388, box.south, -84.388, box.north) == pytest.approx(200, abs=0.1)


@pytest.mark.parametrize("spot", [(179.9999, 10.0), (-180.0, 10.0), (5.0, 89.9999)])
def test_at_the_seams_of_the_map_a_box_spans_every_longitude(spot):
    assert bounding_box(*spot, 1000)[::2] == (-180.0, 180.0)
    assert isinstance(bounding_box(*spot, 1000), Box)


def candidate(incident_id, distance=10.0, age=DAY, closed_ago=None):
    closed_at = None if closed_ago is None else NOW - closed_ago
    return Candidate(incident_id, "pothole", distance, NOW - age, closed_at is None, closed_at)


def ranked(*candidates):
    found = rank(candidates, radius_m=50, window=30 * DAY, now=NOW)
    return [found_one.incident_id for found_one in found]


def test_the_nearest_comes_first_and_of_equals_the_newest():
    assert ranked(
        candidate(1, 20.2, 5 * DAY),
        candidate(2, 20.4, 2 * DAY),
        candidate(3, 3.0, 9 * DAY),
    ) == [3, 2, 1]


@pytest.mark.parametrize(
    ("one", "is_offered"),
    [
        pytest.param(candidate(1, 50.0), True, id="on the edge of the radius"),
        pytest.param(candidate(1, 50.1), False, id="too far"),
        pytest.param(candidate(1, age=30 * DAY), True, id="on the edge of the window"),
        pytest.param(candidate(1, age=31 * DAY), False, id="too old"),
        pytest.param(candidate(1, age=90 * DAY, closed_ago=2 * DAY), True, id="just closed"),
        pytest.param(candidate(1, age=90 * DAY, closed_ago=31 * DAY), False, id="closed long ago"),
    ],
)
def test_only_what_is_near_in_place_and_time_is_offered(one, is_offered):
    assert bool(ranked(one)) is is_offered
