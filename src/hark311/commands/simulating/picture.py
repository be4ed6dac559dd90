"""The one picture that proves work in a simulated city."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from hark311.platform import media

_TYPE = "image/jpeg"


def keep_picture() -> str:
    """Keep the picture, and return the key by which it is found."""
    return media.save_drawn(_drawn(), _TYPE)


def picture_columns(key: str) -> dict[str, object]:
    """What the row of such a picture says of it."""
    content = media.read(key)
    return {
        "kind": "photo",
        "storage_key": key,
        "content_type": media.content_type_of(key),
        "size": len(content),
        "digest": sha256(content).hexdigest(),
    }


@lru_cache(maxsize=1)
def _drawn() -> bytes:
    """A drawn picture of a mended street: no photograph of anywhere."""
    image = Image.new("RGB", (480, 320), (120, 122, 126))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 480, 90), fill=(168, 200, 226))
    draw.ellipse((170, 170, 310, 250), fill=(70, 71, 74))
    for left in range(20, 480, 120):
        draw.rectangle((left, 128, left + 60, 136), fill=(235, 235, 225))
    kept = BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
