"""Digests that make the record tamper-evident, and that survive the erasure of a body.

An event's digest covers the one before it, its header and the digest of its body. The
body is salted, so that nobody guesses an erased telephone number from what remains.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from hark311.domain.errors import NaiveTimestamp

DIGEST_BYTES = 32
SHORTEST_SALT_BYTES = 16
GENESIS = bytes(DIGEST_BYTES)
"""What stands before the first event of a stream."""

_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"), check_circular=False
)


def canonical(body: Mapping[str, object]) -> bytes:
    """Return the one spelling of a body: sorted keys, UTF-8, no blanks, instants in UTC.

    Values: text, truth values, numbers, None, dates, aware instants, sequences and
    mappings with text keys. A whole number has one spelling however it was held, so a
    body read back from JSON is spelled as it was written.

    Raises TypeError for any other type, ValueError for a number that is none or text
    that UTF-8 cannot hold, NaiveTimestamp for an instant without a zone.
    """
    return _ENCODER.encode(_plain(body)).encode()


def canonical_json(text: str) -> bytes:
    """Return the canonical spelling of a body kept as JSON text; quick, for walks over many.

    Raises ValueError if it is no JSON.
    """
    return _ENCODER.encode(json.loads(text, parse_float=_read_number)).encode()


def canonical_plain(body: Mapping[str, object]) -> bytes:
    """Return the canonical spelling of a body that holds the types of JSON already.

    For very many: nothing is looked through. The caller has made whole numbers ``int``.
    """
    return _ENCODER.encode(body).encode()


def body_digest(salt: bytes, body: bytes) -> bytes:
    """Return the digest of a canonical body under its salt.

    Raises ValueError if the salt is shorter than 16 or longer than 255 bytes.
    """
    if not SHORTEST_SALT_BYTES <= len(salt) <= 255:
        raise ValueError("a salt has 16 to 255 bytes")
    # The length in front keeps bytes from moving between salt and body unseen.
    return sha256(bytes((len(salt),)) + salt + body).digest()


def event_digest(previous: bytes, header: Mapping[str, object], body_digest: bytes) -> bytes:
    """Return the digest of an event that follows ``previous`` (GENESIS for the first).

    Raises ValueError if one of the digests has not 32 bytes.
    """
    return linked_digest(previous, canonical(header), body_digest)


def linked_digest(previous: bytes, header: bytes, body_digest: bytes) -> bytes:
    """The same for a header in its canonical spelling."""
    if len(previous) != DIGEST_BYTES or len(body_digest) != DIGEST_BYTES:
        raise ValueError("a digest has 32 bytes")
    return sha256(previous + body_digest + header).digest()


def daily_root(digests: Sequence[bytes]) -> bytes:
    """Return the root of the Merkle tree over a day's digests, in their order (RFC 6962)."""
    if not digests:
        return sha256(b"").digest()
    level = [sha256(b"\x00" + digest).digest() for digest in digests]
    while len(level) > 1:
        paired = [
            sha256(b"\x01" + level[at] + level[at + 1]).digest()
            for at in range(0, len(level) - 1, 2)
        ]
        level = paired + (level[-1:] if len(level) % 2 else [])
    return level[0]


def _plain(value: object) -> object:
    """Return the value in the types that JSON knows, or refuse it."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return _day_or_instant(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _number(value: float) -> int | float:
    if isinstance(value, int) or not math.isfinite(value):
        return value
    return int(value) if value.is_integer() else value


def _read_number(text: str) -> int | float:
    return _number(float(text))


def _day_or_instant(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.utcoffset() is None:
        raise NaiveTimestamp(at=value.isoformat())
    return value.astimezone(UTC).isoformat()


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("a key of a body is text")
    return key
