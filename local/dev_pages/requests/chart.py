"""The waterfall: a table with a bar in each row.

The bars are SVG, since the policy of the pages allows no styles in their HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from local.dev_pages.markup import Html, el, join
from local.dev_pages.requests.waterfall import Bar

WIDTH = 1000
SHORTEST = 3  # so that a bar of no time can be seen
TICKS = 4


def chart(bars: Sequence[Bar], total_ms: float) -> Html:
    """Write the bars of a request that took `total_ms` in all."""
    whole = max(total_ms, *(bar.begun_ms + bar.ms for bar in bars), 0.001)
    ticks = [f"{whole * tick / TICKS:,.0f}" for tick in range(TICKS)]
    axis = el("span", *(el("span", tick) for tick in ticks), class_="ticks", aria_hidden="true")
    head = el(
        "tr",
        el("th", "Step", scope="col"),
        el("th", axis, el("span", "From when to when", class_="visually-hidden"), scope="col"),
        el("th", "ms", scope="col", class_="number"),
    )
    body = el("tbody", *(row for bar in bars for row in _rows(bar, whole)))
    return el("table", el("thead", head), body, class_="waterfall", aria_labelledby="waterfall")


def _rows(bar: Bar, whole_ms: float) -> Iterator[Html]:
    """A bar's row, and one below for its text."""
    span = f"from {bar.begun_ms:.1f} to {bar.begun_ms + bar.ms:.1f} ms"
    depth = f"depth-{min(bar.depth, 3)}"
    yield el(
        "tr",
        el("th", _label(bar), scope="row", class_=depth),
        el("td", _drawn(bar, whole_ms), el("span", span, class_="visually-hidden")),
        el("td", f"{bar.ms:,.1f}", class_="number"),
        class_=f"bar-{bar.kind}{' has-text' if bar.text else ''}",
    )
    if bar.text:
        yield el("tr", el("td", el("code", bar.text), colspan=3, class_=depth), class_="bar-text")


def _label(bar: Bar) -> Html:
    note = el("span", bar.note, class_="muted note") if bar.note else None
    return join(el("span", bar.label, class_="name"), " ", note)


def _drawn(bar: Bar, whole_ms: float) -> Html:
    left = WIDTH * bar.begun_ms / whole_ms
    width = max(SHORTEST, WIDTH * bar.ms / whole_ms)
    left = min(left, WIDTH - width)
    rect = el("rect", x=f"{left:.1f}", y=0, width=f"{width:.1f}", height=10, rx=2)
    return el(
        "svg",
        rect,
        class_="bar",
        viewBox=f"0 0 {WIDTH} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
