"""The contrast of the texts of a page, computed as WCAG 2.2 section 1.4.3 defines it."""

from __future__ import annotations

from playwright.sync_api import Page

MINIMUM = 4.5

# Every visible text node with its colour and the first opaque background behind it. Text that is
# disabled or hidden from sight is exempt (WCAG 2.2, 1.4.3 "Incidental").
COLLECT = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(":disabled, .visually-hidden, .skip-link")) continue;
    let behind = element;
    while (behind && (parse(getComputedStyle(behind).backgroundColor)[3] ?? 1) < 1) {
      behind = behind.parentElement;
    }
    const background = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)";
    found.push([text, parse(getComputedStyle(element).color), parse(background)]);
  }
  return found;
}"""


def faint_texts(page: Page) -> list[str]:
    """The texts whose contrast is below the minimum, each with its ratio."""
    measured = [
        (text, _ratio(color, background)) for text, color, background in page.evaluate(COLLECT)
    ]
    assert measured, "the page shows no text at all"
    return [f"{text}: {ratio:.2f}" for text, ratio in measured if ratio < MINIMUM]


def _ratio(one: list[float], other: list[float]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: list[float]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
