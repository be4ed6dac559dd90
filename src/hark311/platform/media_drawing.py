"""Draws a picture anew from untrusted bytes; runs only in the limited process of media_child."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps

LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 2560
# A drawing with a see-through ground stays one; a photo that came as one grows too large.
LARGEST_DRAWING = 4 * 1024 * 1024
# HEIF is what newer telephones write, under the name of HEIC.
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_GPS, _ORIENTATION = 0x8825, 0x0112
_SRGB = ImageCms.createProfile("sRGB")

pillow_heif.options.DECODE_THREADS = 0
pillow_heif.register_heif_opener(thumbnails=False)
# The size is judged below, with words of our own.
Image.MAX_IMAGE_PIXELS = None


class Unfit(Exception):
    """The bytes give no picture. reason: ``not_a_picture``, ``broken`` or ``too_many_pixels``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture without what the camera noted, and what it had noted of the place.

    position: longitude and latitude in degrees. is_first_of_several: others moved behind it.
    """

    content: bytes
    content_type: str
    position: tuple[float, float] | None
    is_first_of_several: bool


def drawn(content: bytes) -> Drawing:
    """The first picture in ``content``, upright, at most LONGEST_SIDE long.

    Raises Unfit.
    """
    try:
        picture = Image.open(BytesIO(content), formats=_FORMATS)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unfit("not_a_picture") from error
    try:
        return _drawn(picture)
    except MemoryError as error:
        raise Unfit("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise Unfit("broken") from error


def _drawn(picture: Image.Image) -> Drawing:
    # A photo is read no larger than it is kept.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > LARGEST_PIXELS:
        raise Unfit("too_many_pixels")
    kind = picture.format
    moves = kind in {"PNG", "WEBP"} and getattr(picture, "n_frames", 1) > 1
    exif = picture.getexif()
    position = _position(exif)
    picture.load()
    small = _in_common_colors(picture)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    small.getexif()[_ORIENTATION] = exif.get(_ORIENTATION, 1)
    upright = ImageOps.exif_transpose(small)
    upright.info.clear()
    fresh, content_type = _as_png(upright) if kind == "PNG" else (b"", "")
    if not fresh or len(fresh) > LARGEST_DRAWING:
        fresh, content_type = _as_jpeg(upright), "image/jpeg"
    return Drawing(fresh, content_type, position, moves)


def _in_common_colors(picture: Image.Image) -> Image.Image:
    """The picture in the colors that every screen knows, as RGB or RGBA."""
    has_ground = picture.has_transparency_data
    if picture.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        return picture.convert("I").point(lambda shade: shade * (1 / 256)).convert("RGB")
    wanted = "RGBA" if has_ground else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None  # a profile that cannot be read is no reason to lose the photo
        if turned is not None:
            return turned
    return picture.convert(wanted)


def _as_png(picture: Image.Image) -> tuple[bytes, str]:
    kept = BytesIO()
    picture.save(kept, "PNG", compress_level=6)
    return kept.getvalue(), "image/png"


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    kept = BytesIO()
    picture.convert("RGB").save(kept, "JPEG", quality=85, optimize=True)
    return kept.getvalue()


def _position(exif: Image.Exif) -> tuple[float, float] | None:
    """Longitude and latitude as the camera noted them; None if it noted none that can be."""
    try:
        gps: dict[int, Any] = exif.get_ifd(_GPS)
        lat, lon = (_degrees(gps[key], gps[key - 1], minus) for key, minus in ((2, "S"), (4, "W")))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, SyntaxError, IndexError):
        return None
    is_possible = -90 <= lat <= 90 and -180 <= lon <= 180 and (abs(lat) > 0.01 or abs(lon) > 0.01)
    return (round(lon, 6), round(lat, 6)) if is_possible else None


def _degrees(parts: Any, side: Any, minus: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    size = degrees + minutes / 60 + seconds / 3600
    return -size if str(side).strip("\0 ").upper() == minus else size
