"""The pages about packs say what the code does."""

import re
from pathlib import Path

from hark311.catalog.pack.check import check_pack
from hark311.catalog.pack.reference import reference_page

DOCS = Path(__file__).parents[3] / "docs"


def test_the_reference_page_equals_the_code():
    assert (DOCS / "reference" / "city-pack.md").read_text(encoding="utf-8") == reference_page()


def test_the_samples_of_the_how_to_make_a_pack_without_faults(tmp_path):
    page = (DOCS / "how-to" / "set-up-a-city.md").read_text(encoding="utf-8")
    samples = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)

    for number, sample in enumerate(samples):
        (tmp_path / f"{number}.yaml").write_text(sample, encoding="utf-8")

    assert len(samples) >= 5
    assert [str(fault) for fault in check_pack(tmp_path)] == []
