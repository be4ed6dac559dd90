"""Salts of a simulated city: made from its seed, so that the same seed gives the same digests.

Anybody who knows the seed knows them. They are given to events of origin ``demo`` alone; what
people report is salted by ``cases.ledger`` with nothing but chance.
"""

from hashlib import sha256

from hark311.cases.salts import SALT_BYTES, Salts


def salts_of(seed: str) -> Salts:
    """A salt for stream kind, stream and sequence."""
    start = sha256(f"hark311 simulated {seed}".encode())

    def salt(stream_kind: str, stream_id: int, sequence: int) -> bytes:
        digest = start.copy()
        digest.update(f"{stream_kind}:{stream_id}:{sequence}".encode())
        return digest.digest()[:SALT_BYTES]

    return salt
