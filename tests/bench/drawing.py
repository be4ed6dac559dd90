"""Draws how speed changes with size: what is served in a second, and how long pages take."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _PLOT_W, _PLOT_H = 960, 420, 62, 64, 250, 290
_SERVED = ("read one", "newest 50", "intake", "intake, slow disk")
_PAGES = ("map, 1 km", "queue page", "search words", "incident page", "what needs me", "a case")
_COLORS = ("#0b5394", "#a64d00", "#38761d", "#8e1b6e", "#4c4c4c", "#007a87")
_SHAPES = ("", "7 4", "2 3", "9 3 2 3", "4 2", "1 4")


def drawn(results: Sequence[Mapping[str, Any]]) -> str:
    """The picture as SVG; the same figures stand in the table beside it."""
    sizes = [result["cases"] for result in results]
    panels = [
        _panel(results, sizes, _SERVED, "per_s", "Answers a second, 16 asking at once", _LEFT),
        _panel(results, sizes, _PAGES, "p99_ms", "Slowest of 100 in ms, 2 asking at once", 540),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        ' aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">'
        '<title id="t">How speed changes with the number of cases</title>'
        '<desc id="d">Two panels with one line for each operation; the table has the figures.'
        '</desc><rect width="100%" height="100%" fill="#ffffff"/>' + "".join(panels) + "</svg>\n"
    )


def _panel(
    results: Sequence[Mapping[str, Any]],
    sizes: Sequence[int],
    names: Sequence[str],
    what: str,
    title: str,
    left: int,
) -> str:
    lines = {name: _values(results, name, what) for name in names}
    lines = {name: values for name, values in lines.items() if len(values) == len(sizes)}
    every = [value for values in lines.values() for value in values] or [1.0]
    low, high = 10 ** math.floor(math.log10(min(every))), 10 ** math.ceil(math.log10(max(every)))

    def y_of(value: float) -> float:
        share = math.log10(value / low) / max(math.log10(high / low), 1e-9)
        return _TOP + _PLOT_H * (1 - share)

    def x_of(place: int) -> float:
        return left + _PLOT_W * (place / max(len(sizes) - 1, 1))

    parts = [f'<text x="{left - 40}" y="30" font-size="15" font-weight="600">{title}</text>']
    parts += _grid(sizes, low, high, left, x_of, y_of)
    last = math.inf
    for place, (name, values) in enumerate(sorted(lines.items(), key=lambda one: one[1][-1])):
        points = " ".join(f"{x_of(at):.1f},{y_of(value):.1f}" for at, value in enumerate(values))
        color, shape = _COLORS[place % len(_COLORS)], _SHAPES[place % len(_SHAPES)]
        # Names stand apart, whatever their lines do.
        label = min(y_of(values[-1]) + 4, last - 16)
        last = label
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2.5"'
            f' stroke-dasharray="{shape}"/><text x="{left + _PLOT_W + 8}" y="{label:.1f}"'
            f' fill="{color}">{escape(name)}: {values[-1]:,.0f}</text>'
        )
    return "".join(parts)


def _grid(
    sizes: Sequence[int],
    low: float,
    high: float,
    left: int,
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
) -> list[str]:
    parts = []
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        y = y_of(10.0**power)
        parts.append(
            f'<line x1="{left}" x2="{left + _PLOT_W}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d0d0d0"/>'
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">'
            f"{10**power:,}</text>"
        )
    for place, size in enumerate(sizes):
        parts.append(
            f'<text x="{x_of(place):.1f}" y="{_TOP + _PLOT_H + 24}" text-anchor="middle"'
            f' fill="#444">{size:,}</text>'
        )
    parts.append(
        f'<text x="{left + _PLOT_W / 2}" y="{_TOP + _PLOT_H + 44}" text-anchor="middle"'
        ' fill="#444">cases</text>'
    )
    return parts


def _values(results: Sequence[Mapping[str, Any]], name: str, what: str) -> list[float]:
    return [
        max(float(figure[what]), 0.1)
        for result in results
        for figure in result["figures"]
        if figure["name"] == name
    ]
