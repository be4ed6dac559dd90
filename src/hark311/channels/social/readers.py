"""How each network's news are read."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from hark311.channels.social import bluesky, mastodon, meta, x
from hark311.channels.social.payload import Payload
from hark311.channels.social.said import Said
from hark311.domain.social import Network

# Of what providers hand in, by provider.
HANDED_IN: Mapping[str, Callable[[Payload], Iterator[Said]]] = MappingProxyType(
    {"meta": meta.said_in, "x": x.said_in}
)
# Of what networks are asked for.
ASKED_FOR: Mapping[Network, Callable[[Payload], Said | None]] = MappingProxyType(
    {Network.BLUESKY: bluesky.said_of, Network.MASTODON: mastodon.said_of}
)
