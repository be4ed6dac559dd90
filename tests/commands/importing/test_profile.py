"""Profiles are data: faults are named by line, and every shipped one reads."""

import pytest

from hark311.commands.importing.profile import FOLDER, read_profile
from hark311.platform.trouble import Trouble


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_a_shipped_profile_reads_and_begins_foreign_codes_with_its_name(name):
    profile = read_profile(name)

    assert profile.name == name
    assert set(profile.columns.required) <= set(profile.kept)


def test_a_fault_in_ones_own_profile_is_named_with_its_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nlanguage: en\nzone: Moon/Base\n")

    with pytest.raises(Trouble, match=r"mine\.yaml:3: .*Moon/Base"):
        read_profile(str(path))
