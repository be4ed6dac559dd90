"""How long a text is on each network."""

import pytest

from hark311.domain.social import Composed, Network, PostFault, faults_of, length_on

LINK = "https://311.example.gov/alerts/1234567890"


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        pytest.param(Network.X, f"See {LINK}", 27, id="X shortens links"),
        pytest.param(Network.X, "道路封闭", 8, id="X counts wide letters twice"),
        pytest.param(Network.MASTODON, f"See {LINK}", 27, id="Mastodon shortens links"),
        pytest.param(Network.BLUESKY, "e\u0301", 1, id="an accent is no letter"),
        pytest.param(Network.FACEBOOK, LINK, len(LINK), id="elsewhere a link is its letters"),
    ],
)
def test_a_text_is_as_long_as_its_network_counts(network, text, length):
    assert length_on(network, text) == length


def test_instagram_needs_a_picture():
    post = Composed(texts={"": "Hello"}, networks=frozenset({Network.INSTAGRAM}))

    assert faults_of(post) == ((PostFault.NEEDS_PICTURE, Network.INSTAGRAM),)
