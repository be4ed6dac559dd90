"""The colors of the pages as numbers: what a hue gives in each theme, and how it contrasts.

Read from hark/tokens.css, the one place where colors are written.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent / "static" / "hark" / "tokens.css"
THEMES = ("light", "dark")
Color = tuple[float, float, float]

_PAIR = re.compile(r"--([\w-]+):\s*light-dark\((.+)\);")
_ONE = re.compile(r"--([\w-]+):\s*(#\w+|oklch\([^)]*\)[^;]*);")
_OKLCH = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([^)]+\)?)\)")
_TEXT, _SHAPE = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colors that touch. least: the contrast that WCAG 2.2 AA asks of them."""

    front: str
    back: str
    least: float


_GROUNDS = ("paper", "card", "sunk")
_PAIRS_OF_TEXT = (
    *((front, back) for front in ("ink", "ink-2", "accent") for back in _GROUNDS),
    *((front, "tint") for front in ("ink", "ink-2", "accent")),
    *((tone, back) for tone in ("late", "soon", "good") for back in (*_GROUNDS, f"{tone}-tint")),
    *(("ink", f"{tone}-tint") for tone in ("late", "soon", "good")),
    *(("on-fill", "fill"), ("paper", "ink"), ("on-lamp", "lamp")),
    *(("on-deep", "deep"), ("on-deep-2", "deep"), ("m-label", "m-land")),
)
_PAIRS_OF_SHAPES = (
    *(("edge", back) for back in _GROUNDS),
    *((front, back) for front in ("accent", "late", "soon", "good") for back in ("card", "tint")),
    *(("lamp", "deep"), ("lamp", "on-lamp"), ("accent", "m-land"), ("late", "m-land")),
)
PAIRS = (
    *(Pair(front, back, _TEXT) for front, back in _PAIRS_OF_TEXT),
    *(Pair(front, back, _SHAPE) for front, back in _PAIRS_OF_SHAPES),
)


def palette(hue: float, theme: str) -> Mapping[str, Color]:
    """Every color token as linear red, green and blue between 0 and 1, for a hue and a theme."""
    return {name: _color(words[THEMES.index(theme)], hue) for name, words in _written().items()}


def contrast(front: Color, back: Color) -> float:
    """The contrast of WCAG: 1 for the same color, 21 for black on white."""
    lighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def weakest(hue: float, theme: str) -> tuple[Pair, float]:
    """The pair that comes nearest to its limit, and its contrast."""
    colors = palette(hue, theme)
    found = [(pair, contrast(colors[pair.front], colors[pair.back])) for pair in PAIRS]
    return min(found, key=lambda one: one[1] / one[0].least)


@cache
def _written() -> Mapping[str, tuple[str, str]]:
    """Both values of each token, as they stand in the style sheet."""
    modern = TOKENS.read_text(encoding="utf-8").partition("@supports")[2]
    ones = {name: (value, value) for name, value in _ONE.findall(modern)}
    pairs = {name: _halves(inside) for name, inside in _PAIR.findall(modern)}
    return ones | pairs


def _halves(inside: str) -> tuple[str, str]:
    """The two values of light-dark(), divided at the comma that no bracket holds."""
    depth = 0
    for at, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            return inside[:at].strip(), inside[at + 1 :].strip()
    raise ValueError(f"no two colors in {inside!r}")


def _color(text: str, hue: float) -> Color:
    if text.startswith("#"):
        digits = text[1:] if len(text) == 7 else "".join(letter * 2 for letter in text[1:])
        red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        return _linear(red), _linear(green), _linear(blue)
    found = _OKLCH.match(text)
    if found is None:
        raise ValueError(f"not a color: {text!r}")
    lightness, chroma, angle = found.groups()
    degrees = hue if "var" in angle else float(angle)
    return _from_oklch(float(lightness) / 100, float(chroma), degrees)


def _from_oklch(lightness: float, chroma: float, degrees: float) -> Color:
    """Björn Ottosson's transform to linear sRGB, cut to what a screen shows, as browsers do."""
    a = chroma * math.cos(math.radians(degrees))
    b = chroma * math.sin(math.radians(degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _cut(red), _cut(green), _cut(blue)


def _cut(part: float) -> float:
    return min(max(part, 0.0), 1.0)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _luminance(color: Color) -> float:
    red, green, blue = color
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
