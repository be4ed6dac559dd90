"""Maps that the server draws: light, within their frame, and the same for the same."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString

from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.places.drawing import HEIGHT, WIDTH, Pin, draw, draw_around, view_of
from hark311.places.ground import Ground, GroundArea, GroundPlace, GroundStreet

BOX = Box(-1.0, 39.0, 1.0, 41.0)
SPOTS = st.tuples(st.floats(-2, 2), st.floats(38, 42))
LINES = st.lists(st.lists(SPOTS, min_size=2, max_size=8), min_size=1, max_size=5)


def ground_with(*lines: list[tuple[float, float]], name: str = "Main Street") -> Ground:
    streets = (GroundStreet(name, True, MultiLineString([LineString(line) for line in lines])),)
    square = LineString([(-1, 39), (1, 39), (1, 41), (-1, 41)]).envelope
    return Ground(
        version="1",
        box=BOX,
        streets=streets if lines else (),
        places=(GroundPlace("park", {"en": "Park", "es": "Parque"}, Point(0.2, 40.2), square),),
        areas=(GroundArea("ward", {"en": "North"}, Point(0, 40.5), square),),
        is_schematic=True,
    )


def corners_of(path: str) -> list[tuple[int, int]]:
    """Where the pen stands along a path of M, relative l, z and h0."""
    found, at = [], (0, 0)
    for part in re.findall(r"M-?\d+ -?\d+|l[-\d ]+|z|h0", path):
        numbers = [int(text) for text in re.findall(r"-?\d+", part)] if part[0] in "Ml" else []
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        for right, down in pairs:
            at = (right, down) if part[0] == "M" else (at[0] + right, at[1] + down)
            found.append(at)
    return found


@given(LINES)
def test_any_street_is_drawn_within_a_little_of_the_frame(lines):
    ground = ground_with(*lines)

    picture = draw(ground, view_of([], ground), "en")

    for x, y in corners_of(picture.main):
        assert -20 <= x <= WIDTH + 20
        assert -20 <= y <= HEIGHT + 20


@given(st.lists(SPOTS, min_size=1, max_size=20))
def test_every_pin_lies_in_the_window_around_all_of_them(spots):
    ground = ground_with([(-1, 40), (1, 40)])
    points = [Point(lon, lat) for lon, lat in spots]

    picture = draw(ground, view_of(points, ground), "en", [Pin(one, "new", "") for one in points])

    assert len(picture.pins) == len(points)
    assert all(0 <= pin.x <= WIDTH and 0 <= pin.y <= HEIGHT for pin in picture.pins)


def test_no_name_stands_on_another_or_upside_down():
    lines = [[(-1, 39 + step / 10), (1, 39 + step / 10)] for step in range(1, 19)]
    ground = ground_with(*lines)

    labels = draw(ground, view_of([], ground), "en").labels

    assert all(-90 <= label.turn <= 90 for label in labels)
    assert len({(label.x, label.y) for label in labels}) == len(labels)


def test_names_come_in_the_readers_language():
    ground = ground_with()

    assert "Parque" in {label.text for label in draw(ground, view_of([], ground), "es").labels}


def test_a_city_with_very_many_streets_stays_a_light_page():
    lines = [[(-1, 39 + step / 2000), (0, 39.5), (1, 39 + step / 2000)] for step in range(4000)]
    ground = ground_with(*lines)
    picture = draw(ground, view_of([], ground), "en")

    page = render_to_string("parts/_map.html", {"map": picture, "title": "The city"})

    assert len(page.encode()) < 25_000


def test_a_map_says_what_it_shows_and_hides_its_lines_from_readers_of_words():
    ground = ground_with([(-1, 40), (1, 40)], name="<b>Main</b>")
    picture = draw(ground, view_of([], ground), "en")

    page = render_to_string("parts/_map.html", {"map": picture, "title": "3 reports", "id": "here"})

    assert 'role="img" aria-labelledby="here-title"' in page
    assert '<title id="here-title">3 reports</title>' in page
    assert 'aria-hidden="true"' in page
    assert "<b>" not in page
    assert "sketch" in page


@pytest.mark.parametrize("points", [[], [Point(0, 40)]])
def test_the_same_is_drawn_the_same(points):
    ground = ground_with([(-1, 40), (1, 40)])
    view = view_of(points, ground)

    assert draw(ground, view, "en") == draw(ground, view, "en")


def test_a_pin_far_from_any_street_is_seen_from_so_far_that_one_is_in_sight():
    ground = ground_with([(-1, 40), (1, 40)])
    lonely = Pin(Point(0, 40.012), "you", "")

    near = draw(ground, view_of([lonely.point], ground), "en", [lonely])
    picture = draw_around(ground, "en", [lonely])

    assert near.main == ""
    assert picture.main


def test_a_pin_beside_a_street_is_seen_from_near():
    ground = ground_with([(-1, 40), (1, 40)])
    pin = Pin(Point(0, 40.001), "you", "")

    assert draw_around(ground, "en", [pin]) == draw(
        ground, view_of([pin.point], ground), "en", [pin]
    )
