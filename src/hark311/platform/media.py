"""Keeps uploaded pictures in the data folder, outside of anything a web server serves by itself."""

import secrets
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac
from PIL import Image, ImageOps

from hark311.domain.errors import BadMedia

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 4096
_TYPES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}
# What many telephones write: a JPEG with more pictures behind the first, which alone is kept.
_SEVERAL = "MPO"


def cleaned_picture(content: bytes) -> tuple[bytes, str]:
    """The picture drawn anew, upright, without what the camera noted; and its content type.

    Raises BadMedia with reason ``too_large`` or ``not_a_picture``: only JPEG and PNG are taken.
    """
    if len(content) > LARGEST_BYTES:
        raise BadMedia(reason="too_large", limit=LARGEST_BYTES)
    try:
        with Image.open(BytesIO(content), formats=tuple(_TYPES)) as picture:
            kind = "JPEG" if picture.format == _SEVERAL else picture.format or ""
            if picture.width * picture.height > LARGEST_PIXELS:
                raise BadMedia(reason="too_large", limit=LARGEST_PIXELS)
            # A photo is read no larger than it is kept.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _drawn(upright, kind), _TYPES[kind][0]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadMedia(reason="not_a_picture") from error


def save(content: bytes, content_type: str) -> str:
    """Keep the bytes; return the key by which they are found again.

    They stay if what follows fails: nothing points at them then, and nobody can ask for them.
    """
    ending = next((end for kind, end in _TYPES.values() if kind == content_type), ".bin")
    name = secrets.token_hex(16)
    key = f"{name[:2]}/{name}{ending}"
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return key


def save_once(content: bytes, content_type: str) -> str:
    """Keep the bytes under a key made from them: the same bytes again get the same key.

    Nobody can tell the key from the bytes without this deployment's secret.
    """
    ending = next((end for kind, end in _TYPES.values() if kind == content_type), ".bin")
    name = salted_hmac("hark311.media", content, algorithm="sha256").hexdigest()[:32]
    key = f"{name[:2]}/{name}{ending}"
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # A reader never meets half a picture.
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(content)
        fresh.replace(path)
    return key


def save_drawn(content: bytes, content_type: str) -> str:
    """Keep a picture that Hark311 drew itself, under a key that anybody may work out.

    The same picture has the same key in every deployment.
    """
    ending = next((end for kind, end in _TYPES.values() if kind == content_type), ".bin")
    key = f"drawn/{sha256(content).hexdigest()[:32]}{ending}"
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return key


def content_type_of(key: str) -> str:
    """What kind of picture a key is of, told by its ending."""
    return next((kind for kind, end in _TYPES.values() if key.endswith(end)), "")


def address_of(key: str) -> str:
    """Where the public asks for a picture, from the root of the site."""
    return f"{settings.MEDIA_URL}{key}"


def read(key: str) -> bytes:
    """The bytes of a key. Raises FileNotFoundError if they are gone or the key was not ours."""
    return _path(key).read_bytes()


def _path(key: str) -> Path:
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / key).resolve()
    if not path.is_relative_to(root):
        raise FileNotFoundError(key)
    return path


def _drawn(picture: Image.Image, kind: str) -> bytes:
    fresh = picture if kind == "PNG" else picture.convert("RGB")
    fresh.info.clear()
    drawn = BytesIO()
    if kind == "PNG":
        fresh.save(drawn, "PNG", optimize=True)
    else:
        fresh.save(drawn, "JPEG", quality=88, optimize=True)
    return drawn.getvalue()
