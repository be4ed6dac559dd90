import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from hark311.domain.errors import BadMedia
from hark311.platform import media


def _picture(kind: str, *, mode: str = "RGB", orientation: int = 1) -> bytes:
    drawn = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new(mode, (40, 20)).save(drawn, kind, exif=exif)
    return drawn.getvalue()


def _with_chunk(kind: bytes, content: bytes) -> bytes:
    """A drawing with one more part behind its header."""
    drawing, checked = _picture("PNG"), kind + content
    part = struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    return drawing[:33] + part + drawing[33:]


@pytest.mark.parametrize(
    ("kind", "mode", "content_type"),
    [
        pytest.param("JPEG", "RGB", "image/jpeg", id="photo"),
        pytest.param("JPEG", "CMYK", "image/jpeg", id="print colors"),
        pytest.param("PNG", "RGBA", "image/png", id="drawing"),
    ],
)
def test_pictures_keep_their_kind(kind, mode, content_type):
    clean, found = media.cleaned_picture(_picture(kind, mode=mode))

    assert found == content_type
    assert Image.open(BytesIO(clean)).format == kind


def test_a_picture_taken_sideways_stands_upright_and_says_so_no_more():
    clean, _kind = media.cleaned_picture(_picture("JPEG", orientation=6))

    upright = Image.open(BytesIO(clean))
    assert upright.size == (20, 40)
    assert not upright.getexif()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"GIF89a", "not_a_picture", id="another kind"),
        pytest.param(_picture("JPEG")[:200], "not_a_picture", id="cut off"),
        pytest.param(_picture("GIF"), "not_a_picture", id="a whole GIF"),
        pytest.param(
            _with_chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 20_000_000)),
            "not_a_picture",
            id="words that unfold to 20 MB",
        ),
        pytest.param(_with_chunk(b"gAMA", b""), "not_a_picture", id="an empty part"),
        pytest.param(b"x" * (media.LARGEST_BYTES + 1), "too_large", id="too many bytes"),
    ],
)
def test_what_is_no_photo_is_refused(content, reason):
    with pytest.raises(BadMedia) as refused:
        media.cleaned_picture(content)

    assert refused.value.facts["reason"] == reason


def test_of_a_photo_that_holds_several_the_first_is_kept():
    drawn, first = BytesIO(), Image.new("RGB", (40, 20))
    first.save(drawn, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])

    clean, kind = media.cleaned_picture(drawn.getvalue())

    assert kind == "image/jpeg"
    assert Image.open(BytesIO(clean)).size == (40, 20)


def test_what_is_saved_is_read_by_its_key():
    key = media.save(b"bytes", "image/png")

    assert key.endswith(".png")
    assert media.read(key) == b"bytes"


@pytest.mark.parametrize("key", ["../secret.key", "/etc/passwd", "aa/none.jpg"])
def test_nothing_else_is_read(key):
    with pytest.raises(FileNotFoundError):
        media.read(key)
