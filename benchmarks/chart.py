"""Lines over a growing table, both axes logarithmic, as an SVG that is read on light and dark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 80, 490, 44, 310
HIGHEST = 6  # the power of ten at the top
OURS, OTHERS = "#0b7a53", "#b3261e"


class Line(NamedTuple):
    name: str
    values: Sequence[float]
    is_ours: bool


def chart(title: str, sizes: Sequence[int], lines: Sequence[Line]) -> str:
    """An SVG with a line for each; `sizes` is how many rows the table has."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16">{escape(title)}</text>',
    ]
    parts += [_power(power) for power in range(HIGHEST + 1)]
    parts += [_size(size, sizes) for size in sizes]
    ends = _spread([_y(line.values[-1]) for line in lines])
    parts += [_line(line, sizes, end) for line, end in zip(lines, ends, strict=True)]
    return "\n".join([*parts, "</svg>", ""])


def _power(power: int) -> str:
    y = _y(10**power)
    return (
        f'<path d="M{LEFT} {y:.0f}H{RIGHT}" stroke="#dddddd"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:,}</text>'
    )


def _size(size: int, sizes: Sequence[int]) -> str:
    x = _x(size, sizes)
    return f'<text x="{x:.0f}" y="{BOTTOM + 22}" text-anchor="middle">{size:,} rows</text>'


def _line(line: Line, sizes: Sequence[int], label_y: float) -> str:
    colour = OURS if line.is_ours else OTHERS
    pairs = zip(sizes, line.values, strict=True)
    points = " ".join(f"{_x(size, sizes):.0f},{_y(value):.0f}" for size, value in pairs)
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<text x="{RIGHT + 8}" y="{label_y + 4:.0f}" fill="{colour}">{escape(line.name)}</text>'
    )


def _spread(wanted: Sequence[float], gap: float = 17) -> list[float]:
    """Heights of labels near the wanted ones, none upon another."""
    placed: dict[int, float] = {}
    lowest = math.inf
    for at in sorted(range(len(wanted)), key=lambda at: -wanted[at]):
        lowest = min(wanted[at], lowest - gap)
        placed[at] = lowest
    return [placed[at] for at in range(len(wanted))]


def _x(size: int, sizes: Sequence[int]) -> float:
    share = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
    return LEFT + 40 + share * (RIGHT - LEFT - 80)


def _y(value: float) -> float:
    return BOTTOM - math.log10(max(value, 1)) / HIGHEST * (BOTTOM - TOP)
