"""Where the salts of events come from: chance, and nothing else for what really happened.

A simulation may have the salts of its own events made from a seed, so that the same seed
gives the same digests. What is of another origin gets chance even meanwhile.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hark311.domain.vocabulary import Origin

SALT_BYTES = 16
Salts = Callable[[str, int, int], bytes]
"""For stream kind, stream and sequence the salt of an event."""


@dataclass(slots=True)
class _Source:
    """What makes the salts of simulated events; None leaves them to chance."""

    salts: Salts | None = None


_source = _Source()


def salt_for(origin: Origin, stream_kind: str, stream_id: int, sequence: int) -> bytes:
    """The salt of one event's body."""
    if origin is Origin.DEMO and _source.salts is not None:
        return _source.salts(stream_kind, stream_id, sequence)
    return secrets.token_bytes(SALT_BYTES)


@contextmanager
def simulated(salts: Salts) -> Iterator[None]:
    """Make the salts of events of origin ``demo`` so, in this process, meanwhile."""
    before, _source.salts = _source.salts, salts
    try:
        yield
    finally:
        _source.salts = before
