"""hark311 addresses and hark311 areas: what they load, and the one line they refuse with."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from hark311.commands import addresses, areas
from hark311.commands.load_city import load_city
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.places.models import Area
from hark311.places.queries import areas_of
from hark311.places.search import find_places
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db
CITIES = Path(__file__).parents[2] / "cities"
SQUARE = [[[-98.6, 39.7], [-98.5, 39.7], [-98.5, 39.8], [-98.6, 39.8], [-98.6, 39.7]]]


@pytest.fixture
def town() -> Jurisdiction:
    return load_city(CITIES / "smallville")[0]


def load_addresses(path: Path) -> int:
    return addresses.run(Namespace(verb="load", file=path, city="smallville"))


def load_areas(path: Path, layer: str = "ward") -> int:
    given = {"layer": layer, "city": "smallville", "code": "code", "name": "name"}
    return areas.run(Namespace(verb="load", file=path, schematic=False, **given))


def geojson(tmp_path: Path, *features: object) -> Path:
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def feature(code: str = "all", rings: object = SQUARE) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "Everything"},
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def test_addresses_are_found_once_they_are_loaded(town, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("address,lon,lat\n7 Plum Court,-98.53,39.76\n,,\n".replace(",,\n", "x,0,1\n"))

    assert load_addresses(path) == 0
    assert load_addresses(path) == 0

    assert find_places(town, "7 plum ct")[0].label == "7 Plum Court"
    assert "2 read, 0 new or moved, 1 left out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("address,lon\n1 Elm,1\n", "a.csv:1: the column lat is missing"),
        ("address,lon,lat\n1 Elm,x,39\n", "a.csv:2: lon and lat are not degrees"),
        ("address,lon,lat\n1 Elm,400,39\n", "a.csv:2: lon and lat are not degrees"),
    ],
)
def test_a_bad_list_of_addresses_is_refused_whole_with_its_line(town, tmp_path, text, line):
    path = tmp_path / "a.csv"
    path.write_text(text)

    with pytest.raises(Trouble) as refused:
        load_addresses(path)

    assert refused.value.line.endswith(line)


def test_the_areas_of_a_file_replace_the_sketch_and_stay_when_the_pack_is_loaded(town, tmp_path):
    path = geojson(tmp_path, feature())

    load_areas(path)
    load_city(CITIES / "smallville")
    fresh = Jurisdiction.objects.get(pk=town.pk)

    assert [area.key for area in areas_of(fresh).at(Point(-98.55, 39.75))] == ["ward:all"]
    assert Area.objects.filter(valid_to__isnull=False).count() == 2


def test_loading_the_same_areas_twice_changes_nothing(town, tmp_path, capsys):
    path = geojson(tmp_path, feature())
    load_areas(path)
    capsys.readouterr()

    load_areas(path)

    assert "0 changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("features", "says"),
    [
        ([], "no GeoJSON FeatureCollection"),
        ([{"properties": {}}], "feature 1 has no property 'code'"),
        ([feature(rings=[])], "feature 1"),
        ([feature(), feature()], "the code 'all' stands twice"),
        ([feature(rings=[[[500, 0], [501, 0], [501, 1], [500, 0]]])], "not in degrees"),
    ],
)
def test_outlines_that_cannot_be_used_are_refused_in_one_line(town, tmp_path, features, says):
    with pytest.raises(Trouble, match=says):
        load_areas(geojson(tmp_path, *features))


def test_a_layer_that_the_pack_lacks_is_refused_with_those_it_has(town, tmp_path):
    with pytest.raises(Trouble, match="it has: ward"):
        load_areas(geojson(tmp_path, feature()), layer="hood")
