"""The accounts that this place has on networks, as the settings name them; opened once."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from django.conf import settings

from hark311.domain.social import Network
from hark311.platform.social.bluesky import BlueskyAccount
from hark311.platform.social.mastodon import MastodonAccount
from hark311.platform.social.meta import MetaAccount
from hark311.platform.social.network import Connection, Polled
from hark311.platform.social.rehearsal import Rehearsal
from hark311.platform.social.x import XAccount

_KEYS_OF_X = 4


def _bluesky() -> Polled | None:
    if not (settings.BLUESKY_HANDLE and settings.BLUESKY_PASSWORD):
        return None
    return BlueskyAccount(settings.BLUESKY_URL, settings.BLUESKY_HANDLE, settings.BLUESKY_PASSWORD)


def _mastodon() -> Polled | None:
    if not (settings.MASTODON_URL and settings.MASTODON_TOKEN):
        return None
    return MastodonAccount(settings.MASTODON_URL, settings.MASTODON_TOKEN)


def _x() -> Connection | None:
    keys = settings.X_KEYS
    return XAccount(tuple(keys)) if len(keys) == _KEYS_OF_X else None


def _meta(network: Network) -> Callable[[], Connection | None]:
    def account() -> Connection | None:
        named = dict(one.partition("=")[::2] for one in settings.META_ACCOUNTS)
        own = named.get(network.value, "")
        if not (own and settings.META_TOKEN):
            return None
        return MetaAccount(network.value, own, settings.META_TOKEN)

    return account


_POLLED: Mapping[Network, Callable[[], Polled | None]] = MappingProxyType(
    {Network.BLUESKY: _bluesky, Network.MASTODON: _mastodon}
)
_TOLD: Mapping[Network, Callable[[], Connection | None]] = MappingProxyType(
    {
        Network.X: _x,
        **{
            one: _meta(one)
            for one in (Network.FACEBOOK, Network.INSTAGRAM, Network.MESSENGER, Network.WHATSAPP)
        },
    }
)


@cache
def account_on(network: Network) -> Connection | None:
    """The account on a network; None where there is none. A demo has one everywhere, of paper."""
    if settings.DEMO:
        return Rehearsal(network.value)
    make: Callable[[], Connection | None] = _TOLD.get(network) or _POLLED[network]
    return make()


@cache
def polled_accounts() -> Mapping[Network, Polled]:
    """Those networks that have to be asked what is new."""
    if settings.DEMO:
        return {}
    found = {network: make() for network, make in _POLLED.items()}
    return {network: account for network, account in found.items() if account is not None}
