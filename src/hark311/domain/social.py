"""Social networks: which there are, how long a post may be on each, and what one must have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from unicodedata import combining, east_asian_width

_LINK = re.compile(r"https?://\S+")
# What a link counts where the network shortens it.
_SHORT_LINK = 23


class Network(StrEnum):
    """Where people write to the city, and where the city may write to all."""

    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    MESSENGER = "messenger"
    WHATSAPP = "whatsapp"

    @property
    def takes_posts(self) -> bool:
        """Whether the city can write to everybody there."""
        return self in LONGEST

    @property
    def name_for_people(self) -> str:
        """Its own name, the same in every language."""
        return _NAMES[self]


_NAMES: Mapping[Network, str] = MappingProxyType(
    {
        Network.BLUESKY: "Bluesky",
        Network.MASTODON: "Mastodon",
        Network.X: "X",
        Network.FACEBOOK: "Facebook",
        Network.INSTAGRAM: "Instagram",
        Network.MESSENGER: "Messenger",
        Network.WHATSAPP: "WhatsApp",
    }
)
# The longest post, as each network counts.
LONGEST: Mapping[Network, int] = MappingProxyType(
    {
        Network.BLUESKY: 300,
        Network.MASTODON: 500,
        Network.X: 280,
        Network.FACEBOOK: 5000,
        Network.INSTAGRAM: 2200,
    }
)
# The longest message to one person.
LONGEST_MESSAGE: Mapping[Network, int] = MappingProxyType(
    {
        Network.BLUESKY: 1000,
        Network.MASTODON: 500,
        Network.X: 10_000,
        Network.FACEBOOK: 2000,
        Network.INSTAGRAM: 1000,
        Network.MESSENGER: 2000,
        Network.WHATSAPP: 4096,
    }
)


class PostState(StrEnum):
    """Of a message that the city writes to all."""

    DRAFT = "draft"
    ASKED = "asked"
    APPROVED = "approved"
    PUBLISHED = "published"
    TAKEN_BACK = "taken_back"

    @property
    def may_change(self) -> bool:
        """Its words may still be changed."""
        return self in {PostState.DRAFT, PostState.ASKED}


class PostFault(StrEnum):
    """What keeps a message from being published."""

    NO_TEXT = "no_text"
    NO_NETWORK = "no_network"
    TOO_LONG = "too_long"
    NO_ALTERNATIVE = "no_alternative"
    WORDS_IN_PICTURE = "words_in_picture"
    NEEDS_PICTURE = "needs_picture"
    NO_OWNER = "no_owner"


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it is written. texts: by network; "" is the plain one for all the others."""

    texts: Mapping[str, str]
    networks: frozenset[Network]
    has_picture: bool = False
    alternative: str = ""
    picture_is_wordless: bool = False
    has_owner: bool = True

    def text_on(self, network: Network) -> str:
        """What stands on a network: its own words, else the plain ones."""
        return (self.texts.get(network.value) or self.texts.get("", "")).strip()


def length_on(network: Network, text: str) -> int:
    """How long a text is as the network counts it."""
    if network is Network.X:
        plain = _LINK.sub("", text)
        links = len(_LINK.findall(text))
        return links * _SHORT_LINK + sum(2 if _is_wide(letter) else 1 for letter in plain)
    if network is Network.MASTODON:
        return len(_LINK.sub("x" * _SHORT_LINK, text))
    if network is Network.BLUESKY:
        # Whatever joins the letter before it makes no letter of its own.
        return sum(1 for letter in text if not combining(letter) and letter != "\u200d")
    return len(text)


def faults_of(post: Composed) -> tuple[tuple[PostFault, Network | None], ...]:
    """What must be mended before a message may be published, each with its network if it has one.

    A picture needs words for those who do not see it, and may hold none: they would reach
    nobody who listens, searches or translates.
    """
    checks = (
        (PostFault.NO_TEXT, not post.texts.get("", "").strip()),
        (PostFault.NO_NETWORK, not post.networks),
        (PostFault.NO_OWNER, not post.has_owner),
        (PostFault.NO_ALTERNATIVE, post.has_picture and not post.alternative.strip()),
        (PostFault.WORDS_IN_PICTURE, post.has_picture and not post.picture_is_wordless),
    )
    general = [(fault, None) for fault, is_so in checks if is_so]
    return (*general, *(found for one in sorted(post.networks) for found in _faults_on(one, post)))


def _faults_on(network: Network, post: Composed) -> Iterator[tuple[PostFault, Network]]:
    if length_on(network, post.text_on(network)) > LONGEST.get(network, 0):
        yield PostFault.TOO_LONG, network
    if network is Network.INSTAGRAM and not post.has_picture:
        yield PostFault.NEEDS_PICTURE, network


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
