"""Areas from a GeoJSON file: read as they are, and refused with a line where they are broken."""

import json

import pytest
from tests.catalog.pack.broken import EXAMPLE

from hark311.catalog.pack.check import check_pack, read_pack
from hark311.catalog.pack.outlines import outline_of
from hark311.catalog.pack.plain import digest

SQUARE = [[-98.6, 39.7], [-98.5, 39.7], [-98.5, 39.8], [-98.6, 39.8], [-98.6, 39.7]]
HOLE = [[-98.58, 39.72], [-98.58, 39.74], [-98.56, 39.74], [-98.56, 39.72], [-98.58, 39.72]]


def feature(code: object, kind: str = "Polygon", coordinates: object = (SQUARE,)) -> dict:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


@pytest.fixture
def pack_with(tmp_path):
    """The example with a layer from a file; each feature of the file stands on its own line."""

    def write(*features: object, text: str | None = None):
        lines = ",\n".join(json.dumps(each) for each in features)
        collection = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}'
        (tmp_path / "zones.geojson").write_text(collection if text is None else text)
        pack = EXAMPLE.read_text(encoding="utf-8").replace(
            "layers:\n",
            "layers:\n  - {code: zone, names: {en: Zone, es: Zona}, geojson: zones.geojson}\n",
        )
        (tmp_path / "city.yaml").write_text(pack, encoding="utf-8")
        return tmp_path

    return write


def test_areas_come_from_the_file_with_their_holes(pack_with):
    folder = pack_with(feature("one", coordinates=[SQUARE, HOLE]), feature(2))

    zone, _ward = read_pack(folder).layers

    assert [str(area.code) for area in zone.areas] == ["one", "2"]
    assert outline_of(zone.areas[0]).area < outline_of(zone.areas[1]).area


def test_another_outline_in_the_file_is_another_layer(pack_with):
    before = digest(read_pack(pack_with(feature("one"))).layers[0])
    after = digest(read_pack(pack_with(feature("one", coordinates=[SQUARE, HOLE]))).layers[0])

    assert before != after


def test_several_polygons_are_one_area(pack_with):
    east = [[lon + 1, lat] for lon, lat in SQUARE]
    folder = pack_with(feature("two", "MultiPolygon", [[SQUARE], [east]]))

    assert outline_of(read_pack(folder).layers[0].areas[0]).area == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param(feature("a", coordinates=[SQUARE[:-1]]), "is not closed", id="open ring"),
        pytest.param(
            feature("a", coordinates=[[SQUARE[i] for i in (0, 2, 1, 3, 0)]]),
            "crosses itself",
            id="bow tie",
        ),
        pytest.param(feature("a", coordinates=[]), "is empty", id="no ring"),
        pytest.param(feature("a", coordinates=[["x"] * 4]), "a position", id="no positions"),
        pytest.param(feature("a", "Point", [1, 2]), "not a Polygon", id="point"),
        pytest.param(feature(None), "has no 'code'", id="no code"),
        pytest.param("a", "has no 'code'", id="no feature"),
    ],
)
def test_a_broken_feature_is_named_with_its_line(pack_with, broken, message):
    (fault,) = check_pack(pack_with(feature("good"), broken))

    assert message in fault.message
    assert fault.file == "zones.geojson"
    assert fault.line == (3 if isinstance(broken, dict) else 1)


def test_a_file_that_is_no_json_is_named_with_its_line(pack_with):
    (fault,) = check_pack(pack_with(text='{"type":\n "FeatureCollection",,}'))

    assert (fault.file, fault.line) == ("zones.geojson", 2)


def test_a_file_that_is_not_there_is_named_where_it_is_asked_for(pack_with):
    folder = pack_with(feature("a"))
    (folder / "zones.geojson").unlink()

    (fault,) = check_pack(folder)

    assert fault.file == "city.yaml"
    assert "'zones.geojson' is not there" in fault.message
