"""How the tests of packs check a text as if it were a whole pack."""

import pytest

from hark311.catalog.pack.check import check_pack
from hark311.catalog.pack.marks import Fault


@pytest.fixture
def check(tmp_path):
    def check_text(text: str) -> list[Fault]:
        (tmp_path / "city.yaml").write_text(text, encoding="utf-8")
        return check_pack(tmp_path)

    return check_text
