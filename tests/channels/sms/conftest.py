"""What the tests of text messages share."""

from io import BytesIO

import pytest
from PIL import Image


@pytest.fixture
def a_picture() -> bytes:
    """A small photo."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
    return drawn.getvalue()
