"""Whatever hue a city chooses, every word and shape of its pages can be seen."""

import pytest

from hark311.platform.colors import PAIRS, THEMES, TOKENS, contrast, palette, weakest

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


def test_contrast_is_that_of_the_standard():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_every_hue_contrasts_enough(theme):
    failing = [
        f"hue {hue}: {pair.front} on {pair.back} {found:.2f}, {pair.least} is asked"
        for hue in range(360)
        for colors in [palette(hue, theme)]
        for pair in PAIRS
        for found in [contrast(colors[pair.front], colors[pair.back])]
        if found < pair.least
    ]

    assert failing == []


def test_the_weakest_pair_is_named():
    pair, found = weakest(165, "light")

    assert pair in PAIRS
    assert found >= pair.least


def test_a_hue_changes_the_colors_and_the_lamp_stays():
    green, red = palette(150, "light"), palette(20, "light")

    assert green["accent"] != red["accent"]
    assert green["lamp"] == red["lamp"]


def test_a_color_of_the_sheet_is_what_the_screen_shows():
    # #0b3627 is written beside it for browsers that know no oklch().
    red, green, blue = palette(165, "light")["deep"]

    assert green > blue > red
    assert "--deep: #0b3627" in TOKENS.read_text()
