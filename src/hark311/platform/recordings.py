"""Keeps recordings of calls in the data folder, where no web server looks."""

import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings


def save(content: bytes) -> str:
    """Keep the bytes; return the key by which they are found, made from them."""
    key = sha256(content).hexdigest()
    path = _path(key)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(content)
        fresh.replace(path)
    return key


def read(key: str) -> bytes:
    """The bytes of a key. Raises FileNotFoundError if they are gone or the key was not ours."""
    return _path(key).read_bytes()


def _path(key: str) -> Path:
    if not key.isalnum():
        raise FileNotFoundError(key)
    return Path(settings.DATA) / "recordings" / key[:2] / f"{key}.wav"
