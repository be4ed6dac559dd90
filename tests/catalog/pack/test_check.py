"""What is said of a folder as a whole."""

import copy

import pytest
from tests.catalog.pack.broken import CITIES, EXAMPLE

from hark311.catalog.pack.check import check_pack, read_pack
from hark311.domain.errors import BadPack


@pytest.mark.parametrize("city", sorted(path.name for path in CITIES.iterdir()))
def test_a_shipped_pack_has_no_fault(city):
    assert [str(fault) for fault in check_pack(CITIES / city)] == []


def test_all_faults_are_named_at_once(check):
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("America/Chicago", "America/Smallville").replace("hue: 150", "hue: 400")
    text = text.replace("ward:old_town", "ward:new_town").replace("Case {number}", "Case {n}")

    assert len(check(text)) == 4


def test_a_pack_with_faults_is_not_given_away(tmp_path, check):
    check(EXAMPLE.read_text(encoding="utf-8").replace("{hue: 150}", "{hue: 400}"))

    with pytest.raises(BadPack) as refusal:
        read_pack(tmp_path)

    assert [fault.line for fault in refusal.value.facts["faults"]] == [11]


def test_a_folder_without_files_is_one_fault(tmp_path):
    faults = check_pack(tmp_path / "nowhere")

    assert [fault.message for fault in faults] == ["There is no YAML file."]


def test_each_missing_section_is_named(check):
    missing = [fault.message for fault in check("languages: [{code: en, name: E, complete: true}]")]

    assert "The section 'city' is missing in the pack." in missing
    assert "The section 'services' is missing in the pack." in missing


def test_a_section_in_two_files_is_joined_but_the_city_stands_once(tmp_path, check):
    (tmp_path / "more.yaml").write_text(
        "groups: [{code: more, names: {en: More, es: Más}}]\ncity: {key: second}\n"
    )

    faults = check(EXAMPLE.read_text(encoding="utf-8"))

    assert {fault.file for fault in faults} == {"more.yaml"}
    assert not [fault for fault in faults if "group" in fault.message]


def test_a_file_that_is_no_yaml_does_not_make_the_rest_missing(tmp_path, check):
    (tmp_path / "services.yaml").write_text("services: [")

    faults = check(EXAMPLE.read_text(encoding="utf-8").replace("queue: streets", "queue: roads"))

    assert {fault.file for fault in faults} == {"services.yaml"}


def test_a_file_that_is_not_utf_8_is_a_fault(tmp_path, check):
    (tmp_path / "more.yaml").write_bytes("groups:\n- {code: más}".encode("latin-1"))

    faults = check(EXAMPLE.read_text(encoding="utf-8"))

    assert [(fault.file, fault.line) for fault in faults] == [("more.yaml", 2)]


def test_a_copied_word_still_knows_where_it_stands():
    key = read_pack(EXAMPLE.parent).city.key

    assert copy.deepcopy(key) == "smallville"
    assert copy.deepcopy(key).at == key.at
