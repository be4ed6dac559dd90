"""Keeps uploaded pictures in the data folder, outside of anything a web server serves by itself."""

import secrets
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from hark311.domain.errors import BadMedia
from hark311.domain.files import kind_of
from hark311.platform.media_pool import Picture, pool

LARGEST_BYTES = 10 * 1024 * 1024
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}


def cleaned_picture(content: bytes) -> Picture:
    """The picture drawn anew, upright, without what the camera noted.

    JPEG, PNG, WebP and HEIC are taken; what is kept is a JPEG or a PNG. The bytes are opened in
    a process of their own that can reach nothing.

    Raises BadMedia with reason ``empty``, ``too_large``, ``too_many_pixels``, ``broken``,
    ``busy``, or ``not_a_picture`` with what it is as ``kind``, where that can be told.
    """
    if not content:
        raise BadMedia(reason="empty")
    if len(content) > LARGEST_BYTES:
        raise BadMedia(reason="too_large", limit=LARGEST_BYTES)
    kind = kind_of(content)
    if kind:
        raise BadMedia(reason="not_a_picture", kind=kind)
    return pool.draw(content)


def save(content: bytes, content_type: str) -> str:
    """Keep the bytes; return the key by which they are found again.

    They stay if what follows fails: nothing points at them then, and nobody can ask for them.
    """
    key = _key(secrets.token_hex(16), content_type)
    _write(key, content)
    return key


def save_once(content: bytes, content_type: str) -> str:
    """Keep the bytes under a key made from them: the same bytes again get the same key.

    Nobody can tell the key from the bytes without this deployment's secret.
    """
    name = salted_hmac("hark311.media", content, algorithm="sha256").hexdigest()[:32]
    key = _key(name, content_type)
    if exists(key):
        # Sent again, it is as fresh as the first time.
        _mark(key)
    else:
        _write(key, content)
    return key


def save_drawn(content: bytes, content_type: str) -> str:
    """Keep a picture that Hark311 drew itself, under a key that anybody may work out.

    The same picture has the same key in every deployment.
    """
    key = f"drawn/{sha256(content).hexdigest()[:32]}{_ENDINGS[content_type]}"
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return key


def content_type_of(key: str) -> str:
    """What kind of picture a key is of, told by its ending."""
    return next((kind for kind, end in _ENDINGS.items() if key.endswith(end)), "")


def address_of(key: str) -> str:
    """Where the public asks for a picture, from the root of the site."""
    return f"{settings.MEDIA_URL}{key}"


def read(key: str) -> bytes:
    """The bytes of a key. Raises FileNotFoundError if they are gone or the key was not ours."""
    return _path(key).read_bytes()


def exists(key: str) -> bool:
    """True if the bytes of a key are here."""
    return _path(key).is_file()


def waiting_longer_than(age_s: float) -> Iterator[str]:
    """The keys of what was sent longer ago than ``age_s`` seconds and is not settled yet."""
    before = time.time() - age_s
    for mark in _marks().glob("*"):
        if mark.stat().st_mtime < before:
            yield f"{mark.name[:2]}/{mark.name}"


def settle(key: str) -> None:
    """Take note that something points at the bytes of a key, or that they are deleted."""
    (_marks() / Path(key).name).unlink(missing_ok=True)


def delete(key: str) -> None:
    """Remove the bytes of a key; nothing happens if they are gone."""
    _path(key).unlink(missing_ok=True)


def _write(key: str, content: bytes) -> None:
    _mark(key)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    # A reader never meets half a picture.
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _mark(key: str) -> None:
    _marks().mkdir(parents=True, exist_ok=True)
    (_marks() / Path(key).name).touch()


def _marks() -> Path:
    """Where an empty file stands for each picture of which it is not known who needs it."""
    return Path(settings.MEDIA_ROOT) / "waiting"


def _key(name: str, content_type: str) -> str:
    return f"{name[:2]}/{name}{_ENDINGS.get(content_type, '.bin')}"


def _path(key: str) -> Path:
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / key).resolve()
    if not path.is_relative_to(root):
        raise FileNotFoundError(key)
    return path
