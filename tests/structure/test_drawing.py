"""The page that draws the architecture is what the code draws."""

from pathlib import Path

from hark311.config import drawing

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "architecture.md"


def test_the_drawn_page_equals_the_code():
    assert PAGE.read_text() == drawing.page(), "run script/docs"


def test_every_package_stands_in_a_layer():
    packages = {path.parent.name for path in drawing.PACKAGE.glob("*/__init__.py")}
    assert packages <= {name for row in drawing.layers() for name in row}
