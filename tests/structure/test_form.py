"""What every file must keep to, whoever writes it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]
CITIES = sorted(folder.name for folder in (ROOT / "cities").glob("*/") if folder.is_dir())
CODE = [
    *SOURCES,
    *(ROOT / "src").rglob("*.html"),
    *(ROOT / "src").rglob("*.js"),
    *(ROOT / "src").rglob("*.css"),
]


def test_no_file_is_longer_than_four_hundred_lines():
    written = [*WRITTEN, *(ROOT / "tests").rglob("*.py")]
    too_long = [path for path in written if len(path.read_text().splitlines()) > 400]

    assert too_long == [], "split by verb or by noun"


@pytest.mark.parametrize("city", CITIES)
def test_no_code_names_a_city(city):
    word = re.compile(rf"\b{re.escape(city)}\b", re.IGNORECASE)
    naming = [path for path in CODE if word.search(path.read_text())]

    assert naming == [], "what differs per city is data in cities/"


def test_no_package_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "common", "core", "services", "managers"}
    named = [path for path in SOURCES if empty & set(path.relative_to(ROOT).parent.parts)]

    assert named == []


def test_every_module_says_what_lives_in_it():
    silent = [path for path in WRITTEN if not path.read_text().startswith('"""')]

    assert silent == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    left = [path for path in SOURCES if marks.search(path.read_text())]

    assert left == [], "open an issue, or state the limit in the docstring"
